package io.tidegate.scheduler.store;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.RunId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What people ask of runs, written down before it is done, so that the run's owner does it wherever it is. */
public interface CommandStore {
    /** What is asked. */
    enum Type {
        CANCEL,
        /** Failed, cancelled and blocked steps run again. */
        RERUN_FAILED,
        /** The named steps and everything after them run again. */
        RERUN_FROM,
        /** The named steps run again, and nothing else. */
        RERUN_ONLY,
        /** Every step runs again. */
        RERUN_ALL,
        /** The named steps count as succeeded, whatever their attempts say. */
        MARK_SUCCEEDED,
        /** The named steps count as failed, whatever their attempts say. */
        MARK_FAILED
    }

    /**
     * What a command is about.
     *
     * @param steps for RERUN_FROM, RERUN_ONLY and the marks; empty for what concerns the whole run
     * @param version hash of the DAG version to rerun with; absent means the run's own
     */
    record Target(List<StepId> steps, Optional<String> version) {
        /** The run as it is. */
        public static final Target RUN = new Target(List.of(), Optional.empty());

        public Target {
            steps = List.copyOf(steps);
            Objects.requireNonNull(version, "version");
        }

        public static Target step(StepId step) {
            return new Target(List.of(step), Optional.empty());
        }
    }

    /**
     * @param actor who asks
     * @param reason why, for the audit; may be empty text, except for the marks
     */
    record Command(long id, RunId run, Type type, Target target, String actor, String reason) {
        public Command {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Writes a command down and gives its id. The {@code id} of the argument is not used. */
    long submit(Command command);

    /** Commands that wait for runs this node owns, oldest first. */
    List<Command> pending(NodeId owner);
}
