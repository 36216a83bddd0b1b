package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.parser.problem.ProblemRenderer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What hostile and careless files are answered with, row by row of the matrix of bad input. Files of {@code bad-input} begin with the number of
 * their row, and are answered with exactly what their text file says; after a wanted change of messages run with {@code -Dtidegate.update} and read
 * the difference. Rows whose files are too large to keep are methods.
 */
final class BadInputMatrixTest {
    private static final Path ROWS = TestFiles.RESOURCES.resolve("bad-input");
    private static final String HELLO = "dag: hello\nsteps:\n  hello: { kind: task, command: [echo] }\n";

    static List<Path> rows() {
        return TestFiles.dagsIn(ROWS);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theAnswerIsExact(Path file) {
        String name = file.getFileName().toString();

        ParseResult result = DagParser.parse(name, TestFiles.read(file));
        String shown = ProblemRenderer.plain().render(result.problems());

        TestFiles.assertRefused(file, result, shown);
    }

    @Test
    void everyRowOfTheLanguageIsHere() {
        assertThat(rows().stream()
                        .map(file -> file.getFileName().toString().substring(0, 2))
                        .distinct())
                .containsExactly("01", "03", "04", "05", "06", "08", "10", "11", "14", "16", "17", "18", "31", "32");
    }

    @Test
    @Timeout(20)
    void row02AnAliasBombIsNotExpanded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level <= 9; level++) {
            bomb.append("a%d: &a%d [%s]%n".formatted(level, level, alias(level - 1)));
        }

        assertThat(TestFiles.problems(bomb.toString()))
                .contains(
                        "1:5 anchor &a0 is not allowed (write the value out where it is used)",
                        "10:10 alias *a8 is not allowed (write the value out where it is used)");
    }

    private static String alias(int level) {
        return IntStream.range(0, 9).mapToObj(number -> "*a" + level).collect(Collectors.joining(", "));
    }

    @Test
    @Timeout(20)
    void row07TwoThousandLevelsAreNotFollowed() {
        assertThat(TestFiles.problems("dag: deep\ntags: " + "[".repeat(2_000) + "]".repeat(2_000) + "\n"))
                .containsExactly("2:56 nested more than 50 levels deep (a definition needs fewer than ten)");
    }

    @Test
    void row09ALargeFileIsRefusedByTheLimitAndNotByTheReader() {
        String sixteen = HELLO + "#".repeat(ParserLimits.DEFAULT.largestFile());

        assertThat(DagParser.parse("a", HELLO + "# a comment\n".repeat(400_000)).problems())
                .isEmpty();
        assertThat(TestFiles.problems(sixteen))
                .containsExactly("1:1 the file is larger than 16777216 bytes (split the DAG into several)");
    }

    @Test
    @Timeout(60)
    void row12AHundredThousandStepsAreRefusedBeforeAnyIsRead() {
        StringBuilder text = new StringBuilder("dag: many\nsteps:\n");
        for (int number = 0; number < 100_000; number++) {
            text.append("  s").append(number).append(": {}\n");
        }

        assertThat(TestFiles.problems(text.toString()))
                .containsExactly(
                        "2:1 the DAG has 100000 steps; at most 20000 are allowed (definitions.most_steps) (split it into several DAGs)");
    }

    @Test
    @Timeout(60)
    void row12StepsThatAllWaitForAllAreRefused() {
        List<String> names = new ArrayList<>();
        StringBuilder text = new StringBuilder("dag: dense\nsteps:\n");
        for (int number = 0; number < 1_500; number++) {
            String needs = String.join(",", names);
            text.append("  s%d: { kind: task, command: [echo], needs: [%s] }\n".formatted(number, needs));
            names.add("s" + number);
        }

        assertThat(TestFiles.problems(text.toString()))
                .containsExactly("2:1 the steps have 1124250 entries in needs and inputs; at most 1000000 are allowed"
                        + " (let one step in between wait for all of them)");
    }

    @Test
    void row18AnArgumentThatIsTooLargeForAProcessIsRefused() {
        String large = HELLO.replace("[echo]", "[echo, " + "x".repeat(40_000) + "]");

        assertThat(TestFiles.problems(large))
                .containsExactly("3:40 a value has at most 32768 characters (put the text into a file beside the DAG)");
    }
}
