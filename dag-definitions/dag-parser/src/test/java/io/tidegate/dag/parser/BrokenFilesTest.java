package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.parser.problem.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code broken} is refused with exactly the problems that its text file shows. After a wanted change of messages run with
 * {@code -Dtidegate.update} and read the difference.
 */
final class BrokenFilesTest {
    static List<Path> brokenFiles() {
        return TestFiles.dagsIn(TestFiles.BROKEN);
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void everyProblemIsTold(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path expected = file.resolveSibling(name.replace(".dag.yaml", ".txt"));

        ParseResult result = DagParser.parse(name, TestFiles.read(file));
        String shown = ProblemRenderer.plain().render(result.problems());

        if (System.getProperty("tidegate.update") != null) {
            Files.writeString(expected, shown);
        }
        assertThat(result.graph()).isEmpty();
        assertThat(shown).isEqualTo(TestFiles.read(expected));
    }
}
