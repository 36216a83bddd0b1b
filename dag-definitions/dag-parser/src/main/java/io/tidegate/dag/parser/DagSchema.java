package io.tidegate.dag.parser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.dag.parser.language.DagLanguage;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The language as JSON Schema (draft 2020-12), for editors. Made of the tables that drive the parser. It knows the form of a file: names
 * that must resolve, circles and data classes are the parser's alone.
 */
public final class DagSchema {
    private static final String RESOURCE = "/tidegate.schema.json";

    private DagSchema() {}

    /** The schema that is delivered with the parser. */
    public static String published() {
        try (InputStream stream = DagSchema.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the parser's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The schema made anew; the published one is its copy. */
    static String generate() {
        SchemaDefinitions definitions = new SchemaDefinitions();
        Map<String, Object> root = DagLanguage.schema(definitions);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "https://tidegate.io/schema/dag.json");
        schema.put("title", "Tidegate DAG");
        schema.putAll(root);
        schema.put("$defs", definitions.all());
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        try {
            return new ObjectMapper()
                            .writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(indenter)
                                    .withArrayIndenter(indenter))
                            .writeValueAsString(schema)
                    + "\n";
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("maps, lists, text and numbers are always JSON", exception);
        }
    }
}
