package io.tidegate.dag.name;

/** The name of another DAG, as a DAG's author writes it: nobody can say from the file whether there is one. */
public record DagReference(String value) {
    /** @throws IllegalArgumentException when the value is not an identifier, see {@link Names} */
    public DagReference {
        Names.requireIdentifier("DAG", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
