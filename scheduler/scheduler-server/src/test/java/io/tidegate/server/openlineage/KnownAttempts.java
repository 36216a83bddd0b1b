package io.tidegate.server.openlineage;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
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

/** One attempt of one run. */
record KnownAttempts(RunViews.Summary summary, RunViews.AttemptView attempt, List<RunViews.UseView> known)
        implements RunQueries {
    @Override
    public Map<DagId, Integer> scheduledAndQueued(Collection<DagId> dags, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<DagId> unfinished(Collection<DagId> dags) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RunViews.Summary> run(RunId run) {
        return Optional.of(summary).filter(found -> found.run().equals(run.toString()));
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
        return List.of(attempt);
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
    public List<RunViews.UseView> uses(RunId run, StepId step) {
        return known;
    }

    @Override
    public Page<RunViews.Summary> runs(
            Optional<String> dag, Optional<RunState> state, Optional<String> after, int limit) {
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
    public List<RunViews.EventView> events(RunId run, long afterId, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<RunViews.MetricView> metrics(MetricFilter filter, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> outputs(RunId run, StepId step) {
        throw new UnsupportedOperationException();
    }
}
