/** Tests of the group commit. */
package io.tidegate.store.commit;
