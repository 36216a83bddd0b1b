/**
 * The group commit: changes of many runs in one transaction of a few multi-row statements. {@link io.tidegate.store.commit.GroupCommit}
 * checks fences and verdicts first and then writes what passed; each other class writes one kind of change.
 */
package io.tidegate.store.commit;
