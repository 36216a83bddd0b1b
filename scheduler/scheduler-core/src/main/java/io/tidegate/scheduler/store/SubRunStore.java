package io.tidegate.scheduler.store;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which attempts stand for which runs: the runs that steps of other runs started. */
public interface SubRunStore {
    /** The attempt that has another DAG run. */
    record Caller(RunId run, StepId step, int attempt, LaunchKey key) {
        public Caller {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * Where a run comes from.
     *
     * @param dags its own DAG, then that of the run whose step started it, and so on to the outermost
     */
    record Origin(Optional<DataInterval> interval, List<DagId> dags) {
        public Origin {
            Objects.requireNonNull(interval, "interval");
            dags = List.copyOf(dags);
        }
    }

    /**
     * What an attempt wants of its run.
     *
     * @param takes values of the run's steps, by the names under which the attempt reports them
     * @param waits whether it ends with the run
     */
    record Ties(Map<String, OutputReference> takes, boolean waits) {
        public Ties {
            takes = Map.copyOf(takes);
        }
    }

    /**
     * The run that an attempt stands for.
     *
     * @param commanded whether a command waits for it, so that an end is not its last
     * @param failedSteps the steps that failed, in the order in which they did
     * @param since when the attempt was tied to it
     */
    record SubRun(
            LaunchKey key,
            RunId run,
            DagId dag,
            RunState state,
            boolean commanded,
            List<String> failedSteps,
            Ties ties,
            Instant since) {
        public SubRun {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(dag, "dag");
            Objects.requireNonNull(state, "state");
            failedSteps = List.copyOf(failedSteps);
            Objects.requireNonNull(ties, "ties");
            Objects.requireNonNull(since, "since");
        }

        /** Whether the attempt has nothing to wait for any more. */
        public boolean isOver() {
            return !ties.waits() || (state.isTerminal() && !commanded);
        }
    }

    /** Where a run comes from; empty when there is no such run. */
    Optional<Origin> origin(RunId run);

    /**
     * Ties an attempt to the run of the attempt before it, unless that one succeeded, and if it is the same run that is wanted now: of the same
     * version, with the same parameters, for the same interval. Where it failed or was cancelled, a command asks for the rest of it.
     *
     * @return the run; empty when a new one is needed
     */
    Optional<RunId> goOn(Caller caller, Ties ties, Run wanted);

    /** Ties an attempt to a run; nothing happens when it is tied already. */
    void tie(Caller caller, Ties ties, RunId run);

    /** The runs of those attempts that are tied to one. */
    List<SubRun> find(Collection<LaunchKey> keys);

    /** The runs that attempts wait for now. */
    List<SubRun> going();
}
