package io.tidegate.dag.model;

import io.tidegate.dag.name.Names;

/** The name of a model, unique in one Tidegate: it outlives the DAGs that train it. */
public record ModelName(String value) implements Comparable<ModelName> {
    /** @throws IllegalArgumentException when the value is not an identifier, see {@link Names} */
    public ModelName {
        Names.requireIdentifier("model", value);
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
