package io.tidegate.scheduler.view;

import io.tidegate.dag.graph.Edge;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs, their steps and attempts as people see them. */
public final class RunViews {
    private RunViews() {}

    /**
     * @param start inclusive
     * @param end exclusive
     * @param partition the interval's short name, for example {@code 2001-03-05}
     */
    public record Interval(Instant start, Instant end, String partition) {}

    /** What a person may do to a run now. */
    public enum Action {
        CANCEL,
        RERUN_FAILED,
        RERUN_FROM,
        RERUN_ALL
    }

    /**
     * @param steps number of steps by state, for a bar in a list
     * @param reason why it stands where it stands; empty text when there is nothing to say
     */
    public record Summary(
            String run,
            String dag,
            String version,
            RunState state,
            TriggerKind trigger,
            String actor,
            Optional<Interval> interval,
            Map<String, String> parameters,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            String reason,
            Map<StepState, Integer> steps) {}

    /** One run with its graph. */
    public record Detail(Summary summary, List<Step> steps, List<EdgeView> edges, List<Action> allowedActions) {}

    /**
     * An edge of the graph.
     *
     * @param through name of the dataset or model, empty text for a plain order
     */
    public record EdgeView(String from, String to, Edge.Reason reason, String through) {}

    /**
     * One step of a run.
     *
     * @param failure kind of the last failure
     * @param reading what a refit's conditions read
     * @param verdict what a gate said
     * @param item JSON values of an item by the names that templates have for them; absent for what is no item
     */
    public record Step(
            String step,
            String kind,
            String executor,
            StepState state,
            String reason,
            int attempts,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Optional<Instant> nextAttemptAt,
            Optional<FailureKind> failure,
            Optional<ThresholdReading> reading,
            Optional<GateVerdict> verdict,
            List<String> inputs,
            List<String> outputs,
            Optional<Map<String, String>> item,
            List<Action> allowedActions) {}

    /** One step of a run with everything that is known of it. */
    public record StepDetail(
            Step step,
            List<AttemptView> attempts,
            List<MetricView> metrics,
            List<UseView> uses,
            Map<String, String> outputValues) {}

    /**
     * One try of a step.
     *
     * @param externalId what the other side calls the job
     * @param reportProblems what was wrong with single lines of its report
     */
    public record AttemptView(
            int number,
            String launchKey,
            String executor,
            AttemptState state,
            Optional<String> externalId,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Optional<Integer> exitCode,
            Optional<FailureKind> failure,
            String message,
            List<String> reportProblems) {}

    /** The end of an attempt, at an executor. */
    public record AttemptEnd(String executor, Instant at) {}

    /**
     * A number that was measured.
     *
     * @param role {@code champion} or {@code challenger}, for a metric of a model
     * @param modelVersion the version it was measured on
     * @param partition the interval of the run
     */
    public record MetricView(
            String name,
            double value,
            long samples,
            String dag,
            String run,
            String step,
            int attempt,
            Optional<String> partition,
            Optional<String> dataset,
            Optional<String> model,
            Optional<Integer> modelVersion,
            Optional<String> role,
            Optional<String> sliceColumn,
            Optional<String> sliceValue,
            Instant at) {}

    /** A partition an attempt read or wrote. */
    public record UseView(
            String direction,
            String dataset,
            String dataClass,
            String partition,
            String uri,
            Optional<String> fingerprint,
            Optional<Long> rows,
            Optional<Long> bytes,
            int attempt) {}

    /**
     * A line of a run's history.
     *
     * @param id grows with time
     */
    public record EventView(
            long id,
            Instant at,
            Optional<String> step,
            Optional<Integer> attempt,
            String type,
            Map<String, String> detail) {}
}
