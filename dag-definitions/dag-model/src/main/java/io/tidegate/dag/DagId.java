package io.tidegate.dag;

import io.tidegate.dag.name.Names;

/** The name of a DAG, unique in one Tidegate. */
public record DagId(String value) implements Comparable<DagId> {
    /** @throws IllegalArgumentException when the value is not an identifier, see {@link Names} */
    public DagId {
        Names.requireIdentifier("DAG", value);
    }

    @Override
    public int compareTo(DagId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
