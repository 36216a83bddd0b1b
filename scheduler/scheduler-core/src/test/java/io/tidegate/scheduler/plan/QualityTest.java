package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.Comparison;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.Work;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Metric;
import io.tidegate.scheduler.report.StepReport.Slice;
import io.tidegate.scheduler.report.StepReport.Subject;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.StepState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A program of the author's that cleanses is held to the bounds of its quality, on what it reports. */
final class QualityTest {
    private static final String BOUND = "the quality bound 'rejected_share <= 0.02' does not hold: ";

    private static PlannedRun cleansed(Metric... metrics) {
        Bound bound = new Bound(Comparison.LESS_OR_EQUAL, 0.02);
        Work work = new Work.Cleanse(Optional.empty(), Map.of("rejected_share", bound));
        DagGraph graph = new DagBuilder("flights")
                .step("clean", work, List.of(), List.of())
                .task("load", "clean")
                .build();
        PlannerEvent.Findings findings = new PlannerEvent.Findings(
                new StepReport(Arrays.asList(metrics), Map.of(), Map.of(), List.of(), List.of(), List.of()),
                List.of(),
                List.of());
        return PlannedRun.started(graph)
                .work("clean")
                .happen(new PlannerEvent.JobEnded(new StepId("clean"), 1, Observation.Ended.succeeded(), findings));
    }

    private static Metric share(double value, String dataset, Optional<Slice> slice) {
        Subject subject = new Subject(Optional.of(dataset), Optional.empty(), Optional.empty(), slice);
        return new Metric("rejected_share", value, 100, subject);
    }

    @Test
    void aBoundThatHoldsLetsTheRunGoOnWhateverPartsOfTheRowsSay() {
        PlannedRun run = cleansed(
                share(0.02, "flights", Optional.empty()),
                share(0.5, "flights", Optional.of(new Slice("rule", "no-date"))));

        assertThat(run.state("clean")).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void aBoundThatOneDatasetBreaksFailsTheStepAndBlocksWhatFollows() {
        PlannedRun run = cleansed(share(0.01, "flights", Optional.empty()), share(0.025, "weather", Optional.empty()));

        assertThat(run.state("clean")).isEqualTo(StepState.FAILED);
        assertThat(run.step("clean").reason()).isEqualTo(BOUND + "it is 0.025");
        assertThat(run.state("load")).isEqualTo(StepState.UPSTREAM_FAILED);
    }

    @Test
    void whatNobodyMeasuredHoldsNoBound() {
        PlannedRun run = cleansed();

        assertThat(run.state("clean")).isEqualTo(StepState.FAILED);
        assertThat(run.step("clean").reason()).isEqualTo(BOUND + "the step did not report the metric");
    }
}
