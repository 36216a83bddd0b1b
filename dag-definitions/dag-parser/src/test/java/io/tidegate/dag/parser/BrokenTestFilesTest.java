package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.parser.problem.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each test file of {@code broken-tests} is refused with exactly the problems that its text file shows. After a wanted change of messages run
 * with {@code -Dtidegate.update} and read the difference.
 */
final class BrokenTestFilesTest {
    private static final Path FOLDER = TestFiles.RESOURCES.resolve("broken-tests");

    static List<Path> brokenFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(TestFileParser.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void everyProblemIsTold(Path file) throws IOException {
        Path expected = file.resolveSibling(file.getFileName().toString().replace(TestFileParser.SUFFIX, ".txt"));

        TestParseResult result = TestFileParser.parse(file);
        String shown = ProblemRenderer.plain().render(result.problems()).replace(FOLDER + "/", "");

        if (System.getProperty("tidegate.update") != null) {
            Files.writeString(expected, shown);
        }
        assertThat(result.tests()).isEmpty();
        assertThat(shown).isEqualTo(TestFiles.read(expected));
    }
}
