package io.tidegate.dag.parser;

import io.tidegate.dag.parser.problem.ProblemRenderer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each DAG of {@code broken-templates} is refused with exactly the problems that its text file shows. After a wanted change of messages run
 * with {@code -Dtidegate.update} and read the difference.
 */
final class BrokenTemplatesTest {
    static List<Path> brokenFiles() {
        return TestFiles.dagsIn(TestFiles.RESOURCES.resolve("broken-templates"));
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void everyProblemIsToldWhereItIsAndWhereItWasUsed(Path file) {

        ParseResult result = DagParser.parse(file);
        String shown = ProblemRenderer.plain().render(result.problems()).replace("src/test/resources/", "");

        TestFiles.assertRefused(file, result, shown);
    }
}
