package io.tidegate.scheduler.trigger;

import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps runs by trigger key; can be made unavailable. */
final class Runs implements RunStore {
    final Map<String, Run> byKey = new LinkedHashMap<>();
    boolean unavailable;

    List<String> partitions() {
        return byKey.values().stream()
                .map(run -> run.interval().orElseThrow().partition())
                .toList();
    }

    @Override
    public CreatedRun createIfAbsent(Run run, List<StepId> steps, Overlap overlap) {
        if (unavailable) {
            throw new StoreUnavailableException("no connection", new IllegalStateException());
        }
        Run there = byKey.putIfAbsent(run.version().dag() + " " + run.trigger().key(), run);
        return new CreatedRun(there == null ? run.id() : there.id(), there == null);
    }

    @Override
    public List<ClaimedRun> claim(NodeId node, Wish wish) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(RunId run, long fence) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<RunId, RunSnapshot> load(Collection<RunId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CommitOutcome> commit(List<RunCommit> commits) {
        throw new UnsupportedOperationException();
    }
}
