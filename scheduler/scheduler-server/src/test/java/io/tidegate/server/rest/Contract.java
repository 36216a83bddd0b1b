package io.tidegate.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The description of the interface, and what answers must look like by it. */
final class Contract {
    private static final String NAME = "https://tidegate.io/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry registry;

    Contract() throws IOException {
        try (InputStream stream = Contract.class.getResourceAsStream("/openapi.json")) {
            document = new ObjectMapper().readTree(stream);
        }
        JsonNode strict = document.deepCopy();
        // An answer may hold nothing that is not described.
        strict.at("/components/schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(NAME, strict.toString())));
    }

    /** Every operation as {@code GET /api/v1/runs/{run}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** The status of success, and the media type that comes with it; empty text for none. */
    Map.Entry<Integer, String> success(String operation) {
        JsonNode responses = node(operation).path("responses");
        String status = responses.properties().stream()
                .map(Map.Entry::getKey)
                .filter(code -> code.startsWith("2"))
                .findFirst()
                .orElseThrow();
        JsonNode content = responses.path(status).path("content");
        return Map.entry(
                Integer.parseInt(status),
                content.properties().stream().map(Map.Entry::getKey).findFirst().orElse(""));
    }

    /** What is wrong with an answer of success. */
    List<Error> problems(String operation, String body) {
        String status = String.valueOf(success(operation).getKey());
        return against(pointer(operation) + "/responses/" + status + "/content/application~1json/schema", body);
    }

    /** What is wrong with a problem detail. */
    List<Error> problemsOfProblem(String body) {
        return against("/components/schemas/Problem", body);
    }

    private List<Error> against(String pointer, String body) {
        Schema schema = registry.getSchema(
                SchemaLocation.of(NAME + "#" + pointer.replace("{", "%7B").replace("}", "%7D")));
        return schema.validate(
                body,
                com.networknt.schema.InputFormat.JSON,
                context -> context.executionConfig(settings -> settings.formatAssertionsEnabled(true)));
    }

    private JsonNode node(String operation) {
        return document.at(pointer(operation));
    }

    private static String pointer(String operation) {
        String[] words = operation.split(" ");
        return "/paths/" + words[1].replace("/", "~1") + "/" + words[0].toLowerCase(java.util.Locale.ROOT);
    }
}
