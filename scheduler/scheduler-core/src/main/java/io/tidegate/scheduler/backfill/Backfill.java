package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.run.DagVersionId;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * What a person asked for, as it was when the backfill began.
 *
 * @param version the DAG version of all its runs
 * @param parameters every declared parameter with its value as text
 */
public record Backfill(DagVersionId version, Stretch stretch, Manner manner, Map<String, String> parameters) {
    /**
     * Days, in the schedule's zone, on which its intervals start.
     *
     * @param from first day, inclusive
     * @param to last day, inclusive
     */
    public record Stretch(LocalDate from, LocalDate to) {
        public Stretch {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    /**
     * How it goes.
     *
     * @param backwards newest interval first
     * @param parallel how many of its runs go at once, whatever the DAG's overlap rule says of scheduled ones
     */
    public record Manner(boolean backwards, Reprocess reprocess, int parallel) {
        /** More would be another name for no limit. */
        public static final int MOST_PARALLEL = 100;

        public Manner {
            Objects.requireNonNull(reprocess, "reprocess");
            if (parallel < 1 || parallel > MOST_PARALLEL) {
                throw new IllegalArgumentException(
                        "parallel must be between 1 and " + MOST_PARALLEL + ", not " + parallel);
            }
        }
    }

    public Backfill {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(stretch, "stretch");
        Objects.requireNonNull(manner, "manner");
        parameters = Map.copyOf(parameters);
    }
}
