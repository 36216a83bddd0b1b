package io.tidegate.dag.parser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One language as JSON Schema (draft 2020-12).
 *
 * @param resource where the published copy lies
 */
record SchemaText(String resource) {
    String published() {
        try (InputStream stream = SchemaText.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing from the parser's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    String generate(String id, String title, Function<SchemaDefinitions, Map<String, Object>> language) {
        SchemaDefinitions definitions = new SchemaDefinitions();
        Map<String, Object> root = language.apply(definitions);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", id);
        schema.put("title", title);
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
