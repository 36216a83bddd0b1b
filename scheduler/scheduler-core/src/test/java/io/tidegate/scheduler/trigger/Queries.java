package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the overlap rule and the catch-up guard ask of runs; a test says what goes on. */
final class Queries implements RunQueries {
    /** The run that goes on. */
    static final String GOING = "01900000-0000-7000-8000-000000000000";

    boolean going;
    int queued;

    @Override
    public Map<DagId, Integer> scheduledAndQueued(Collection<DagId> dags, int most) {
        return dags.stream().collect(Collectors.toMap(dag -> dag, dag -> Math.min(queued, most)));
    }

    @Override
    public Set<DagId> unfinished(Collection<DagId> dags) {
        return going ? Set.copyOf(dags) : Set.of();
    }

    @Override
    public Page<RunViews.Summary> runs(
            Optional<String> dag, Optional<RunState> state, Optional<String> after, int limit) {
        if (state.orElseThrow() == RunState.QUEUED && queued > 0) {
            return new Page<>(java.util.Collections.nCopies(Math.min(queued, limit), summary()), Optional.empty());
        }
        return new Page<>(
                going && state.orElseThrow() == RunState.RUNNING ? List.of(summary()) : List.of(), Optional.empty());
    }

    private static RunViews.Summary summary() {
        return new RunViews.Summary(
                GOING,
                "late-arrivals",
                "abc",
                RunState.RUNNING,
                TriggerKind.SCHEDULE,
                "schedule",
                Optional.empty(),
                Map.of(),
                Instant.parse("2001-01-08T05:00:00Z"),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of());
    }

    @Override
    public Optional<RunViews.Summary> run(RunId run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunViews.Summary> newestRuns(DagId dag, Instant from, Instant until, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunViews.Step> steps(RunId run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, List<RunViews.Summary>> recentRuns(List<String> dags, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RunViews.Step> step(RunId run, StepId step) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<StepId, RunViews.SubRun> subRuns(RunId run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RunViews.Caller> caller(RunId run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunViews.AttemptView> attempts(RunId run, StepId step) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunViews.UseView> uses(RunId run, StepId step) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunViews.EventView> events(RunId run, long afterId, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<RunViews.MetricView> metrics(MetricFilter filter, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RunViews.AttemptEnd> attemptEnd(LaunchKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AttemptState> attemptState(LaunchKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> outputs(RunId run, StepId step) {
        throw new UnsupportedOperationException();
    }
}
