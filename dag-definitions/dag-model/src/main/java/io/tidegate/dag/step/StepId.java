package io.tidegate.dag.step;

import io.tidegate.dag.name.Names;

/** The name of a step, unique in its DAG. */
public record StepId(String value) implements Comparable<StepId> {
    /** @throws IllegalArgumentException when the value is not an identifier, see {@link Names} */
    public StepId {
        Names.requireIdentifier("step", value);
    }

    @Override
    public int compareTo(StepId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
