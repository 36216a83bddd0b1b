package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The size the project promises to bear. */
final class LargeDagTest {
    private static final int STEPS = 10_000;

    @Test
    @Timeout(60)
    void tenThousandStepsAreReadAndChecked() {
        String source = verbose();
        DagGraph graph = parse(source);
        long started = System.nanoTime();
        parse(source);
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        System.out.printf(
                "%,d steps, %,d edges, %,d characters: %,d ms%n",
                STEPS, graph.edges().size(), source.length(), milliseconds);

        assertThat(graph.order()).hasSize(STEPS);
        assertThat(graph.edges()).hasSize(STEPS - 1);
    }

    @Test
    @Timeout(60)
    void everyOneOfTenThousandStepsMayBeWrong() {
        List<String> problems = TestFiles.problems(verbose().replace("inputs: [", "inputs: [un"));

        assertThat(problems).hasSize(1_001);
    }

    private static DagGraph parse(String source) {
        return DagParser.parse("large.dag.yaml", source).graph().orElseThrow();
    }

    private static String verbose() {
        StringBuilder datasets = new StringBuilder("dag: large\n"
                + "schedule: { cron: \"0 0 * * *\", zone: UTC, start: 2001-01-01 }\n"
                + "defaults: { executor: process }\n"
                + "datasets:\n");
        StringBuilder steps = new StringBuilder("steps:\n");
        for (int number = 0; number < STEPS; number++) {
            datasets.append(
                    "  data-%d: { class: deterministic, format: parquet, uri: \"{{ home }}/%d/{{ interval.start.date }}\" }%n"
                            .formatted(number, number));
            steps.append("  step-%d:%n    kind: task%n    outputs: [data-%d]%n".formatted(number, number));
            if (number > 0) {
                steps.append("    inputs: [data-%d]%n".formatted(number - 1));
            }
            steps.append("    command: [python3, run.py, --day, \"{{ interval.start.date }}\"]\n    timeout: 20m\n");
        }
        return datasets.append(steps).toString();
    }
}
