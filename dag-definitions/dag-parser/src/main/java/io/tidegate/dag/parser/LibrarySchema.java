package io.tidegate.dag.parser;

import io.tidegate.dag.parser.library.LibraryFields;

/** The language of libraries as JSON Schema (draft 2020-12), for editors; see {@link DagSchema}. */
public final class LibrarySchema {
    private static final SchemaText TEXT = new SchemaText("/tidegate-library.schema.json");

    private LibrarySchema() {}

    /** The schema that is delivered with the parser. */
    public static String published() {
        return TEXT.published();
    }

    /** The schema made anew; the published one is its copy. */
    static String generate() {
        return TEXT.generate(
                "https://tidegate.io/schema/library.json",
                "Tidegate library of step templates",
                LibraryFields.LIBRARY::schema);
    }
}
