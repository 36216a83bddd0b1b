package io.tidegate.dag.parser;

import io.tidegate.dag.parser.problem.ProblemRenderer;
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
    void everyProblemIsTold(Path file) {
        String name = file.getFileName().toString();

        ParseResult result = DagParser.parse(name, TestFiles.read(file));
        String shown = ProblemRenderer.plain().render(result.problems());

        TestFiles.assertRefused(file, result, shown);
    }
}
