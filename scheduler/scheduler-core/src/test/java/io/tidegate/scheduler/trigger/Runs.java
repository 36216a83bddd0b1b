package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps runs by trigger key; can be made unavailable. */
final class Runs implements RunStore {
    final Map<String, Run> byKey = new LinkedHashMap<>();
    private final DagStore marks;
    boolean unavailable;

    /** DAGs that were written for together, by transaction. */
    final List<Integer> together = new ArrayList<>();

    /** A DAG whose runs nobody can keep. */
    Optional<DagId> cursed = Optional.empty();

    /** @param marks moves with runs that are made together */
    Runs(DagStore marks) {
        this.marks = marks;
    }

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
    public void createIfAbsent(List<NewRun> runs, Map<DagId, Instant> decidedUpTo) {
        if (runs.stream()
                .anyMatch(made -> cursed.equals(Optional.of(made.run().version().dag())))) {
            throw new IllegalStateException("a defect");
        }
        together.add(decidedUpTo.size());
        runs.forEach(made -> createIfAbsent(made.run(), made.steps(), made.overlap()));
        decidedUpTo.forEach(marks::advanceSchedule);
    }

    @Override
    public List<ClaimedRun> claim(NodeId node, Wish wish) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ClaimedRun> owned(NodeId node) {
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
