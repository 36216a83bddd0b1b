package io.tidegate.dag.step;

import io.tidegate.dag.name.Names;

/** The name of a pool: places that steps of all DAGs of one Tidegate share. */
public record PoolName(String value) implements Comparable<PoolName> {
    /** @throws IllegalArgumentException when the value is not an identifier, see {@link Names} */
    public PoolName {
        Names.requireIdentifier("pool", value);
    }

    @Override
    public int compareTo(PoolName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
