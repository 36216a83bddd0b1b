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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class TestFileSchemaTest {
    private static final Path PUBLISHED = Path.of("src/main/resources/tidegate-test.schema.json");
    private static final Path EXAMPLE = Path.of("../examples/late-arrivals/late-arrivals.test.yaml");
    private static final Path GUIDE = Path.of("../TESTING.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** After a wanted change of the language run with {@code -Dtidegate.update} and read the difference. */
    @Test
    void thePublishedSchemaIsTheOneOfTheLanguage() throws IOException {
        if (System.getProperty("tidegate.update") != null) {
            Files.writeString(PUBLISHED, TestFileSchema.generate());
        }
        assertThat(TestFileSchema.generate()).isEqualTo(TestFiles.read(PUBLISHED));
    }

    @Test
    void theExampleFitsTheSchemaAndItsDag() {
        assertThat(validate(TestFiles.read(EXAMPLE))).isEmpty();
        assertThat(TestFileParser.parse(EXAMPLE).problems()).isEmpty();
    }

    @Test
    void filesOfAnotherFormDoNotFit() {
        Path broken = TestFiles.RESOURCES.resolve("broken-tests");
        // Duplicate keys are the parser's alone: a loader for the schema sees none.
        String words = TestFiles.read(broken.resolve("words.test.yaml")).replace("  no expectation: {}\n", "");
        assertThat(validate(words)).hasSizeGreaterThan(10);
        assertThat(validate("cases: {}")).isEmpty();
        assertThat(validate("case: {}")).isNotEmpty();
    }

    @Test
    void theSchemaItselfIsDraft202012() {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(tree(TestFileSchema.generate()))).isEmpty();
    }

    @Test
    void everyFieldIsExplainedWithAnExampleAndInTheGuide() {
        String guide = TestFiles.read(GUIDE);
        Set<String> unnamed = new TreeSet<>();
        for (JsonNode properties : tree(TestFileSchema.published()).findValues("properties")) {
            assertThat(properties)
                    .allSatisfy(field ->
                            assertThat(field.path("description").asText()).contains(". Example: "));
            properties.fieldNames().forEachRemaining(field -> {
                if (!guide.contains("`" + field + "`")) {
                    unnamed.add(field);
                }
            });
        }
        assertThat(unnamed).isEmpty();
    }

    private static List<Error> validate(String yaml) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(TestFileSchema.published())
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
