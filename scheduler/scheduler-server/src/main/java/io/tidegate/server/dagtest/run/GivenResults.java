package io.tidegate.server.dagtest.run;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.testfile.StepResult;
import io.tidegate.dag.parser.testfile.StepResult.Failure;
import io.tidegate.dag.step.Step;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that do nothing and end as a test file says. */
public final class GivenResults implements Programs {
    private static final int ENDED_WHEN_ASKED = 143;

    private final DagGraph graph;
    private final Map<String, Located<List<StepResult>>> results;
    private final Happenings happenings;

    /**
     * @param results by step, one for each attempt; the last one counts for all further attempts, and a step that is left out succeeds
     */
    public GivenResults(DagGraph graph, Map<String, Located<List<StepResult>>> results, Happenings happenings) {
        this.graph = graph;
        this.results = Map.copyOf(results);
        this.happenings = happenings;
    }

    @Override
    public void launch(Attempt attempt, Work work, LaunchRequest request) {
        Step step = graph.step(attempt.step());
        now(new PlannerEvent.LaunchAccepted(step.id(), attempt.number(), job(attempt)));
        StepResult result = result(attempt);
        happenings.in(result.startsAfter(), new PlannerEvent.JobRunning(step.id(), attempt.number()));
        // A program that runs into its timeout does not end by itself.
        if (result.failure().filter(Failure.TIMEOUT::equals).isEmpty()) {
            PlannerEvent.Findings findings = work.findings(Reports.report(step, attempt.key(), result));
            happenings.in(
                    result.startsAfter().plus(result.after()),
                    new PlannerEvent.JobEnded(step.id(), attempt.number(), Reports.ended(step, result), findings));
        }
    }

    @Override
    public void cancel(Attempt attempt, Work work) {
        Observation.Ended ended =
                Observation.Ended.failed(FailureKind.USER, ENDED_WHEN_ASKED, "ended when it was asked to");
        now(new PlannerEvent.JobEnded(attempt.step(), attempt.number(), ended, work.findings(StepReport.EMPTY)));
    }

    @Override
    public void find(Attempt attempt, Work work) {
        now(new PlannerEvent.JobFound(attempt.step(), attempt.number(), job(attempt)));
    }

    private void now(PlannerEvent event) {
        happenings.in(Duration.ZERO, event);
    }

    private StepResult result(Attempt attempt) {
        return Optional.ofNullable(results.get(attempt.step().value()))
                .or(() -> Optional.ofNullable(
                        results.get(attempt.step().declared().value())))
                .map(given -> given.value()
                        .get(Math.min(attempt.number(), given.value().size()) - 1))
                .orElse(StepResult.SUCCESS);
    }

    private static ExternalJob job(Attempt attempt) {
        return new ExternalJob(attempt.key(), "job-" + attempt.number(), Map.of());
    }
}
