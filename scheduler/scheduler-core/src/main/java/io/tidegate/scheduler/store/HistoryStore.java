package io.tidegate.scheduler.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Lets go of what happened long ago. Safe for use by several threads and servers at once. */
public interface HistoryStore {
    /** Runs of each DAG that stay, however old they are: a person always finds the newest ones, and a step that looks back has something to see. */
    int ALWAYS_KEPT = 10;

    /**
     * What stays.
     *
     * @param endedSince runs that ended before may go; empty for no bound by age
     * @param runs this many of the newest runs of each DAG stay, older ones may go; empty for no bound by count
     */
    record Retention(Optional<Instant> endedSince, OptionalInt runs) {
        public Retention {
            Objects.requireNonNull(endedSince, "endedSince");
            Objects.requireNonNull(runs, "runs");
            if (runs.isPresent() && runs.getAsInt() < ALWAYS_KEPT) {
                throw new IllegalArgumentException(
                        "at least " + ALWAYS_KEPT + " runs are kept, not " + runs.getAsInt());
            }
        }
    }

    /**
     * Removes runs that ended, with their steps, attempts, reports, commands and history. What came of them stays: metrics, lineage, models and
     * alerts. Runs that somebody works on, that a command waits for, that belong to a backfill that goes on, or whose calling run is still kept
     * stay as well.
     *
     * @param most how many runs are removed at most, in one transaction
     * @return how many were removed; 0 when there is nothing left to do
     */
    int prune(Retention retention, int most);

    /**
     * Removes messages that were delivered.
     *
     * @param before delivered before
     * @param most how many are removed at most
     * @return how many were removed
     */
    int pruneMessages(Instant before, int most);
}
