package io.tidegate.scheduler.view;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Read side of runs. Never counts or skips over rows of a growing table: pages go by key. */
public interface RunQueries {
    /**
     * Runs, newest first.
     *
     * @param after the {@code next} of the page before
     */
    Page<RunViews.Summary> runs(Optional<String> dag, Optional<RunState> state, Optional<String> after, int limit);

    /** How many runs that schedules made wait in the queue, counted up to {@code most}; DAGs without any may be left out. */
    Map<DagId, Integer> scheduledAndQueued(Collection<DagId> dags, int most);

    /** Which of the DAGs have a run that is not finished, runs of backfills aside. */
    Set<DagId> unfinished(Collection<DagId> dags);

    /** The newest runs of each of these DAGs, newest first, at most {@code limit} of each; DAGs without runs are left out. */
    Map<String, List<RunViews.Summary>> recentRuns(List<String> dags, int limit);

    Optional<RunViews.Summary> run(RunId run);

    /**
     * The newest run of each interval that starts from {@code from} on and before {@code until}, oldest interval first, at most {@code limit}.
     */
    List<RunViews.Summary> newestRuns(DagId dag, Instant from, Instant until, int limit);

    /** Steps of a run in no particular order, without what only the DAG version knows: kind, inputs, outputs, actions come empty. */
    List<RunViews.Step> steps(RunId run);

    /** One of them. */
    Optional<RunViews.Step> step(RunId run, StepId step);

    /** The newest run that each step of a run has started, of those that have. */
    Map<StepId, RunViews.SubRun> subRuns(RunId run);

    /** The step that has started a run; empty for a run that was started otherwise. */
    Optional<RunViews.Caller> caller(RunId run);

    List<RunViews.AttemptView> attempts(RunId run, StepId step);

    List<RunViews.UseView> uses(RunId run, StepId step);

    List<RunViews.EventView> events(RunId run, long afterId, int limit);

    /**
     * Metrics, newest first.
     *
     * @param filter absent parts do not filter
     */
    Page<RunViews.MetricView> metrics(MetricFilter filter, Optional<String> after, int limit);

    /** Which metrics to show; absent parts do not filter. */
    /** Which metrics are wanted. */
    record MetricFilter(
            Optional<String> dag,
            Optional<String> run,
            Optional<String> step,
            Optional<String> model,
            Optional<String> name,
            boolean withSlices) {}

    /** Output values an attempt reported: name to JSON text. */
    Map<String, String> outputs(RunId run, StepId step);

    /** Where the attempt of a launch key stands; empty when there is none. */
    Optional<AttemptState> attemptState(LaunchKey key);

    /** Where and when the attempt of a launch key ended; empty when it has not ended, or there is none. */
    Optional<RunViews.AttemptEnd> attemptEnd(LaunchKey key);
}
