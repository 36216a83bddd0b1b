package io.tidegate.server.dagtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepKind;
import io.tidegate.scheduler.clock.ScheduleTimes;
import io.tidegate.server.dagtest.report.TextReport;
import io.tidegate.server.testing.TestServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test files of every sort, played by the runner behind {@code tidegate test}. */
final class DagTestsTest {
    private static final Path EVERY_KIND = Path.of("src/test/resources/dag-tests/every-kind.test.yaml");
    private static final Path DEFINITIONS = TestServer.installation().root().resolve("dag-definitions");
    private static final int MANY = 1_000;

    @TempDir
    private Path folder;

    private final TestRunner runner = new TestRunner(new ScheduleTimes(), ParserLimits.DEFAULT);

    private FileResult passing(Path file) {
        FileResult result = runner.run(file, name -> true);
        assertThat(result.passed()).as(new TextReport(false).file(result)).isTrue();
        assertThat(result.cases()).isNotEmpty();
        return result;
    }

    @Test
    void theExamplesAreAsTheirTestsSay() {
        List<Path> files = TestFiles.below(List.of(DEFINITIONS.resolve("examples")));
        assertThat(files).isNotEmpty().allSatisfy(this::passing);
    }

    @Test
    void everyKindOfStepCanBeTested() {
        passing(EVERY_KIND);
        var definition = DagParser.parse(EVERY_KIND.resolveSibling("every-kind.dag.yaml"))
                .graph()
                .orElseThrow()
                .definition();
        assertThat(definition.steps().stream().map(Step::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(StepKind.values());
    }

    @Test
    void whatTheGuideShowsPasses() throws IOException {
        List<String> blocks = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
                .matcher(Files.readString(DEFINITIONS.resolve("TESTING.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        Files.writeString(folder.resolve("orders.dag.yaml"), blocks.get(0));
        List<String> tests =
                blocks.stream().filter(block -> block.contains("cases:")).toList();
        assertThat(tests).hasSizeGreaterThan(1);
        for (String test : tests) {
            passing(Files.writeString(folder.resolve("orders.test.yaml"), test));
        }
    }

    @Test
    void whatThePageOnOtherDagsShowsPasses() throws IOException {
        List<String> blocks = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
                .matcher(Files.readString(DEFINITIONS.resolve("SUB-DAGS.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        Files.writeString(folder.resolve("regions.dag.yaml"), blocks.get(0));
        passing(Files.writeString(folder.resolve("regions.test.yaml"), blocks.get(1)));
    }

    @Test
    void aThousandCasesTakeSecondsThoughTheirRunsTakeDays() throws IOException {
        Files.writeString(folder.resolve("slow.dag.yaml"), """
            dag: slow
            defaults: { timeout: 7d, retries: { user: 3, backoff: 1h..2d } }
            steps:
              first: { kind: task, command: [work] }
              second: { kind: task, needs: [first], command: [work] }
              third: { kind: task, needs: [first], command: [work] }
              last: { kind: task, needs: [second, third], command: [work] }
            """);
        StringBuilder cases = new StringBuilder("cases:\n");
        for (int number = 0; number < MANY; number++) {
            cases.append("  case ").append(number).append(":\n");
            cases.append("    steps: { second: [fails, fails, { succeeds: {}, after: 2d }] }\n");
            cases.append("    expect: { run: succeeded, steps: { second: { attempts: 3 }, last: succeeded } }\n");
        }
        Path file = Files.writeString(folder.resolve("slow.test.yaml"), cases.toString());

        // The time of this thread alone, so that a busy machine does not count.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        FileResult result = passing(file);

        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(result.cases())
                .hasSize(MANY)
                .allSatisfy(one -> assertThat(one.virtual()).isGreaterThan(Duration.ofDays(2)));
    }

    @Test
    void whatTheScheduleDoesNotAllowIsToldInItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("a.test.yaml"), """
            dag: %s
            cases:
              a: { interval: 2000-12-31, expect: {} }
              b: { interval: 2001-01-01T0500, expect: {} }
              c: { models: { watched: { history: { log_loss: [1, 2] } } }, expect: {} }
              d: { models: { watched: { intervals_since_training: 3 } }, expect: {} }
              e: { missing: [clean], expect: {} }
            """.formatted(
                        folder.relativize(EVERY_KIND.toAbsolutePath().resolveSibling("every-kind.dag.yaml"))));

        FileResult result = runner.run(file, name -> true);

        assertThat(result.problems().stream()
                        .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message() + " ("
                                + problem.suggestion().orElse("") + ")"))
                .containsExactly(
                        "3:18 the schedule has no interval that starts on 2000-12-31 (one starts on 2001-01-01)",
                        "4:18 the schedule has no interval that starts on 2001-01-01T0500 (one starts on 2001-01-01)",
                        "5:40 a history of 2 intervals does not fit: the schedule does not have that many intervals"
                                + " before 2001-01-01 (give the case a later interval)",
                        "6:18 3 intervals since training does not fit: the schedule does not have that many intervals"
                                + " before 2001-01-01 (give the case a later interval)",
                        "7:18 clean of the run's own interval is written by the run or comes from outside (only"
                                + " partitions of earlier intervals can be missing, for example \"clean[-1]\")");
        assertThat(result.passed()).isFalse();
    }
}
