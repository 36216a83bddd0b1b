package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference for authors says what the parser does. */
final class ReadmeTest {
    private static final String README = TestFiles.read(Path.of("../README.md"))
            + TestFiles.read(Path.of("../LIMITS.md"))
            + TestFiles.read(Path.of("../SECRETS.md"));

    static List<String> blocks() {
        return Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
                .matcher(README)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyExampleIsSound(String block) {
        assertThat(TestFiles.problems(block)).isEmpty();
    }

    @Test
    void everyFieldIsNamed() throws IOException {
        Set<String> unnamed = new TreeSet<>();
        for (JsonNode properties :
                new ObjectMapper().readTree(DagSchema.published()).findValues("properties")) {
            properties.fieldNames().forEachRemaining(field -> {
                if (!README.matches("(?s).*\\b" + field + "\\b.*")) {
                    unnamed.add(field);
                }
            });
        }

        assertThat(blocks()).hasSizeGreaterThan(3);
        assertThat(unnamed).isEmpty();
    }
}
