package io.tidegate.dag.data;

import java.util.Objects;

/**
 * A reference to one or more partitions of a dataset, counted in intervals from the run's own (offset 0).
 *
 * @param dataset what is read
 * @param firstOffset oldest interval, at most {@code lastOffset}
 * @param lastOffset newest interval, at most 0
 */
public record InputReference(DatasetName dataset, int firstOffset, int lastOffset) {
    /** Most intervals one reference may span. */
    public static final int MAXIMUM_SPAN = 1000;

    /** @throws IllegalArgumentException when the range is empty, reaches into the future or spans too much */
    public InputReference {
        Objects.requireNonNull(dataset, "dataset");
        if (firstOffset > lastOffset || lastOffset > 0 || (long) lastOffset - firstOffset >= MAXIMUM_SPAN) {
            throw new IllegalArgumentException("partitions [" + firstOffset + ".." + lastOffset + "] of " + dataset
                    + " must run from an older interval to a newer one, not beyond 0, and span at most "
                    + MAXIMUM_SPAN);
        }
    }

    /** The run's own partition. */
    public static InputReference current(DatasetName dataset) {
        return new InputReference(dataset, 0, 0);
    }

    /** Whether the run's own interval is among the partitions, so that its producer must run before. */
    public boolean includesCurrent() {
        return lastOffset == 0;
    }

    @Override
    public String toString() {
        if (firstOffset == 0 && lastOffset == 0) {
            return dataset.value();
        }
        return dataset + "[" + (firstOffset == lastOffset ? "" + firstOffset : firstOffset + ".." + lastOffset) + "]";
    }
}
