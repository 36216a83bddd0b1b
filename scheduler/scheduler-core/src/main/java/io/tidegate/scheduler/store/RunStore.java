package io.tidegate.scheduler.store;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Runs: made once, owned by one node at a time, written under a fence. */
public interface RunStore {
    /**
     * Makes a run with its waiting steps, in state QUEUED, unless the DAG has one with the same trigger key.
     *
     * @param overlap the DAG's overlap rule, kept with the run for its admission
     * @return the run with that trigger key, and whether it was made now
     */
    CreatedRun createIfAbsent(Run run, List<StepId> steps, Overlap overlap);

    /**
     * Makes many at once, in one transaction, and moves the marks of schedules with them; runs whose trigger keys are taken are left out.
     *
     * @param decidedUpTo as for {@link DagStore#advanceSchedule}, by DAG
     */
    void createIfAbsent(List<NewRun> runs, Map<DagId, Instant> decidedUpTo);

    /**
     * A run that is not made yet.
     *
     * @param overlap the DAG's overlap rule, kept with the run for its admission
     */
    record NewRun(Run run, List<StepId> steps, Overlap overlap) {
        public NewRun {
            Objects.requireNonNull(run, "run");
            steps = List.copyOf(steps);
            Objects.requireNonNull(overlap, "overlap");
        }
    }

    /**
     * @param created false when the run was there before
     */
    record CreatedRun(RunId id, boolean created) {}

    /**
     * Takes ownership of runs that nobody with a live lease owns and that are: active; or queued, the oldest interval of their DAG first, as
     * far as its overlap limit allows; or terminal with a command waiting. Each gets a new fence.
     */
    List<ClaimedRun> claim(NodeId node, Wish wish);

    /** Takes up to so many, whatever other nodes have. */
    default List<ClaimedRun> claim(NodeId node, int limit) {
        return claim(node, new Wish(limit, false, Set.of()));
    }

    /**
     * What a node would like to own.
     *
     * @param limit most runs
     * @param fairly whether runs that are going are taken only up to this node's share of all
     * @param except runs that this node cannot work on
     */
    record Wish(int limit, boolean fairly, Set<RunId> except) {
        public Wish {
            except = Set.copyOf(except);
        }
    }

    /**
     * A run this node owns now.
     *
     * @param fence goes with everything that is written of the run
     */
    record ClaimedRun(RunId id, long fence) {}

    /**
     * What belongs to a node, whether it knows so or not: the answer to a take-over may have been lost with the connection.
     *
     * @throws StoreUnavailableException also while such a take-over goes on; nobody knows yet what will come of it
     */
    List<ClaimedRun> owned(NodeId node);

    /** Gives a run back that somebody else is to go on with; one that is over is given back by a commit. Nothing happens when the fence is stale. */
    void release(RunId run, long fence);

    /** The run as it is in the database. */
    default Optional<RunSnapshot> load(RunId run) {
        return Optional.ofNullable(load(List.of(run)).get(run));
    }

    /**
     * Several runs as they are in the database at one moment; those that are not there are left out.
     *
     * @throws RuntimeException when one of them cannot be read
     */
    Map<RunId, RunSnapshot> load(Collection<RunId> wanted);

    /**
     * Writes the changes of many runs in one transaction, in order.
     *
     * @return one outcome for each commit, in the same order; a stale or conflicting one leaves the others written
     */
    List<CommitOutcome> commit(List<RunCommit> commits);
}
