package io.tidegate.scheduler.store;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
     * The end of a DAG's history that may go.
     *
     * @param before runs that were made before this one may go, if they ended long enough ago or are before {@code counted}
     * @param counted the oldest run that stays by count; empty when there is no bound by count, or fewer runs
     */
    record Surplus(DagId dag, RunId before, Optional<RunId> counted) {
        public Surplus {
            Objects.requireNonNull(dag, "dag");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(counted, "counted");
        }
    }

    /** What may go, of each DAG that has something; looks at ends of indexes and not at the history between them. */
    List<Surplus> surplus(Retention retention);

    /**
     * Removes the oldest runs of a surplus, with their steps, attempts, reports, commands and history, in one transaction. What came of them
     * stays: metrics, lineage, models and alerts. Runs that somebody works on, that a command waits for, that belong to a backfill that goes on,
     * or whose calling run is still kept stay as well.
     *
     * @param retention for which the surplus was looked up
     * @param steps as many runs are removed as have so many steps together, and at least one
     * @return how many runs were removed; 0 when there is nothing left to do
     */
    int prune(Surplus surplus, Retention retention, int steps);

    /**
     * Removes delivered messages from a stretch of the outbox.
     *
     * @param before delivered before
     * @param after where the stretch begins; 0 for the beginning
     * @param most how long the stretch is
     * @return where the next stretch begins; empty when all that follow are too young
     */
    OptionalLong pruneMessages(Instant before, long after, int most);
}
