/** What we say of attempts beside what the machines and clusters say of their jobs: compared, reported, and put right. Knows ports only. */
package io.tidegate.scheduler.truth;
