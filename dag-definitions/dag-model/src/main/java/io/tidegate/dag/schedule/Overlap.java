package io.tidegate.dag.schedule;

/**
 * What happens when a run is due while earlier runs of the DAG are going.
 *
 * @param policy the rule
 * @param limit how many runs may go at once; 1 for every policy but {@code PARALLEL}
 */
public record Overlap(Policy policy, int limit) {
    /** The rule for a run that is due too early. */
    public enum Policy {
        /** The new run is not made. */
        SKIP,
        /** The new run waits, oldest interval first. */
        QUEUE,
        /** The going run is cancelled, then the new one starts. */
        CANCEL_RUNNING,
        /** Up to {@code limit} go at once, further ones wait. */
        PARALLEL
    }

    public static final Overlap QUEUED = new Overlap(Policy.QUEUE, 1);

    public Overlap {
        if (limit < 1 || (policy != Policy.PARALLEL && limit != 1)) {
            throw new IllegalArgumentException("overlap " + policy + " cannot have limit " + limit);
        }
    }
}
