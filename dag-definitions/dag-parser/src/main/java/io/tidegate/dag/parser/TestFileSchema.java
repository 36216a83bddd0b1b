package io.tidegate.dag.parser;

import io.tidegate.dag.parser.testfile.TestLanguage;

/** The language of test files as JSON Schema (draft 2020-12), for editors; see {@link DagSchema}. */
public final class TestFileSchema {
    private static final SchemaText TEXT = new SchemaText("/tidegate-test.schema.json");

    private TestFileSchema() {}

    /** The schema that is delivered with the parser. */
    public static String published() {
        return TEXT.published();
    }

    /** The schema made anew; the published one is its copy. */
    static String generate() {
        return TEXT.generate("https://tidegate.io/schema/test.json", "Tidegate tests of a DAG", TestLanguage::schema);
    }
}
