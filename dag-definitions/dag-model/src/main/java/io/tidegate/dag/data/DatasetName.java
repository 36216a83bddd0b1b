package io.tidegate.dag.data;

import io.tidegate.dag.name.Names;

/** The name of a dataset, unique in its DAG. */
public record DatasetName(String value) implements Comparable<DatasetName> {
    /** @throws IllegalArgumentException when the value is not an identifier, see {@link Names} */
    public DatasetName {
        Names.requireIdentifier("dataset", value);
    }

    @Override
    public int compareTo(DatasetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
