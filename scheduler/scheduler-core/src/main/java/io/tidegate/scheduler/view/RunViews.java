package io.tidegate.scheduler.view;

import io.tidegate.dag.graph.Edge;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.JobEvent;
import io.tidegate.executor.JobProgress;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.run.Mark;
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
        RERUN_ALL,
        MARK_SUCCEEDED,
        MARK_FAILED
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

    /**
     * The run that a step has started.
     *
     * @param failedSteps the steps of it that failed
     * @param steps number of its steps by state
     */
    public record SubRun(
            String run, String dag, RunState state, List<String> failedSteps, Map<StepState, Integer> steps) {}

    /** The step that has started a run. */
    public record Caller(String run, String dag, String step) {}

    /**
     * One run with its graph.
     *
     * @param caller the step that started it; absent for what was started otherwise
     * @param formerSteps steps of an earlier version, which the run went on without; their attempts are kept
     */
    public record Detail(
            Summary summary,
            Optional<Caller> caller,
            List<Step> steps,
            List<EdgeView> edges,
            List<String> formerSteps,
            List<Action> allowedActions) {}

    /**
     * What a rerun was asked for.
     *
     * @param summary the run as it was
     * @param version the DAG version it goes on with
     * @param newSteps steps of that version that the run did not have
     * @param formerSteps steps of the run that the version has not
     */
    public record Rerun(Summary summary, String version, List<String> newSteps, List<String> formerSteps) {}

    /**
     * What becomes of a run when a stretch of intervals is cleared.
     *
     * @param steps that run again
     * @param leftOut why nothing runs again
     */
    public record ClearedRun(
            String run, Interval interval, RunState state, List<String> steps, Optional<String> leftOut) {}

    /**
     * What is or would be cleared.
     *
     * @param cleared how many of the runs are
     * @param runs the newest of each interval, oldest interval first
     */
    public record Clearing(String dag, boolean dryRun, int cleared, List<ClearedRun> runs) {}

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
     * @param progress how far it is; only while it runs, and where somebody says
     * @param waitsFor what its attempt must have before it is launched, and who has it; only while it waits for that
     * @param mark what a person said of its end
     * @param item JSON values of an item by the names that templates have for them; absent for what is no item
     * @param subRun the newest run that it has started
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
            Optional<JobProgress> progress,
            Optional<String> waitsFor,
            Optional<Mark> mark,
            List<String> inputs,
            List<String> outputs,
            Optional<Map<String, String>> item,
            Optional<SubRun> subRun,
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
     * @param progress how far it is; only while it runs, and where somebody says
     * @param links pages about its job elsewhere
     * @param events what its cluster warned of, oldest first
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
            List<String> reportProblems,
            Optional<JobProgress> progress,
            List<Link> links,
            List<JobEvent> events) {
        /** The same attempt, so far. */
        public AttemptView at(JobProgress now) {
            return new AttemptView(
                    number,
                    launchKey,
                    executor,
                    state,
                    externalId,
                    createdAt,
                    startedAt,
                    finishedAt,
                    exitCode,
                    failure,
                    message,
                    reportProblems,
                    Optional.of(now),
                    links,
                    events);
        }
    }

    /**
     * A page that is not Tidegate's.
     *
     * @param name {@code application} for the job's own page, {@code history} for what is kept of it
     * @param url an absolute address, http or https
     */
    public record Link(String name, String url) {}

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
