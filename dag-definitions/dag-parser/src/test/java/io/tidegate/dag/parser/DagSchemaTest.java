package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class DagSchemaTest {
    private static final Path PUBLISHED = Path.of("src/main/resources/tidegate.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> soundFiles() {
        return TestFiles.sound();
    }

    /** After a wanted change of the language run with {@code -Dtidegate.update} and read the difference. */
    @Test
    void thePublishedSchemaIsTheOneOfTheLanguage() throws IOException {
        if (System.getProperty("tidegate.update") != null) {
            Files.writeString(PUBLISHED, DagSchema.generate());
        }
        assertThat(DagSchema.generate()).isEqualTo(TestFiles.read(PUBLISHED));
    }

    @ParameterizedTest
    @MethodSource("soundFiles")
    void soundFilesFitTheSchema(Path file) {
        assertThat(validate(TestFiles.read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("soundFiles")
    void canonicalFormsFitTheSchema(Path file) {
        assertThat(validate(CanonicalForm.of(TestFiles.definition(file)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alerts",
                "durations",
                "environment",
                "executors",
                "field-of-another-kind",
                "gate-empty",
                "libraries",
                "many-at-once",
                "missing-fields",
                "models",
                "names",
                "not-a-mapping",
                "params",
                "programs",
                "quality",
                "schedule-words",
                "sensors",
                "threshold",
                "unknown-fields",
                "wrong-types",
                "wrong-types-in-steps",
                "yaml-former-booleans",
                "yaml-numbers-for-text"
            })
    void filesOfAnotherFormDoNot(String name) {
        assertThat(validate(TestFiles.read(TestFiles.BROKEN.resolve(name + ".dag.yaml"))))
                .isNotEmpty();
    }

    @Test
    void theSchemaItselfIsDraft202012() {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(tree(DagSchema.generate()))).isEmpty();
    }

    @Test
    void everyFieldIsExplainedWithAnExample() {
        for (JsonNode properties : tree(DagSchema.generate()).findValues("properties")) {
            boolean condition = properties.path("kind").has("const")
                    || properties.path("type").has("const");
            boolean choice = properties.path("kind").has("enum") && properties.size() == 1;
            if (!condition && !choice) {
                assertThat(properties)
                        .allSatisfy(field ->
                                assertThat(field.path("description").asText()).contains(". Example: "));
            }
        }
    }

    private static List<Error> validate(String yaml) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(DagSchema.published())
                .validate(JSON.<JsonNode>valueToTree(value));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }
}
