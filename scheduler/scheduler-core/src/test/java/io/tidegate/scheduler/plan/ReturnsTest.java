package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.StepState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step keeps what its declaration promises, or has failed. */
final class ReturnsTest {
    private static PlannedRun reported(OutputType type, Map<String, String> outputs, String... problems) {
        DagGraph graph = new DagBuilder("count")
                .returns(Map.of("rows", type))
                .task("count")
                .build();
        StepReport report = new StepReport(List.of(), Map.of(), outputs, List.of(), List.of(), List.of(problems));
        PlannedRun run = PlannedRun.started(graph).work("count");
        return run.happen(new PlannerEvent.JobEnded(
                new StepId("count"),
                1,
                Observation.Ended.succeeded(),
                new PlannerEvent.Findings(report, List.of(), List.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer|12",
                "integer|-3",
                "number|1.5",
                "number|2",
                "string|'\"a\"'",
                "boolean|true",
                "list|[1]",
                "map|{}"
            })
    void whatIsOfTheDeclaredTypeIsTaken(String type, String value) {
        PlannedRun run = reported(OutputType.valueOf(type.toUpperCase(Locale.ROOT)), Map.of("rows", value));

        assertThat(run.state("count")).isEqualTo(StepState.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"integer|1.0", "integer|'\"12\"'", "number|null", "boolean|1", "list|{}", "map|[]", "string|true"})
    void whatIsNotFailsTheStep(String type, String value) {
        PlannedRun run = reported(OutputType.valueOf(type.toUpperCase(Locale.ROOT)), Map.of("rows", value));

        assertThat(run.state("count")).isEqualTo(StepState.FAILED);
        assertThat(run.step("count").reason())
                .isEqualTo("it returns 'rows' as " + type + " by its declaration, and reported " + value);
    }

    @Test
    void whatWasNotReportedIsToldWithWhatWasWrongWithTheReport() {
        PlannedRun run = reported(OutputType.LIST, Map.of(), "report line 3: output 'rows' has 70000 characters");

        assertThat(run.state("count")).isEqualTo(StepState.FAILED);
        assertThat(run.step("count").reason())
                .isEqualTo("it returns 'rows' by its declaration, and did not report it;"
                        + " report line 3: output 'rows' has 70000 characters");
    }

    @Test
    void aStepWhoseValueIsNamedComesBeforeAndCarriesItsSkip() {
        DagGraph graph = new DagBuilder("values")
                .task("count")
                .command("load", "{{ outputs.count.rows }}")
                .task("load")
                .build();

        PlannedRun run = PlannedRun.started(graph);
        assertThat(run.state("load")).isEqualTo(StepState.WAITING);
        run.skip("count");
        assertThat(run.state("load")).isEqualTo(StepState.SKIPPED);
        assertThat(run.step("load").reason()).isEqualTo("count was skipped");
    }
}
