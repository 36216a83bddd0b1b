package io.tidegate.dag.parser;

import io.tidegate.dag.parser.language.DagLanguage;

/**
 * The language as JSON Schema (draft 2020-12), for editors. Made of the tables that drive the parser. It knows the form of a file: names
 * that must resolve, circles and data classes are the parser's alone.
 */
public final class DagSchema {
    private static final SchemaText TEXT = new SchemaText("/tidegate.schema.json");

    private DagSchema() {}

    /** The schema that is delivered with the parser. */
    public static String published() {
        return TEXT.published();
    }

    /** The schema made anew; the published one is its copy. */
    static String generate() {
        return TEXT.generate("https://tidegate.io/schema/dag.json", "Tidegate DAG", DagLanguage::schema);
    }
}
