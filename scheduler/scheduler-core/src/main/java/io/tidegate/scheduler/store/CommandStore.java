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
        /** One step and everything after it run again. */
        RERUN_FROM,
        /** Every step runs again. */
        RERUN_ALL
    }

    /**
     * @param step for RERUN_FROM
     * @param actor who asks
     * @param reason why, for the audit; may be empty text
     */
    record Command(long id, RunId run, Type type, Optional<StepId> step, String actor, String reason) {
        public Command {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Writes a command down and gives its id. The {@code id} of the argument is not used. */
    long submit(Command command);

    /** Commands that wait for runs this node owns, oldest first. */
    List<Command> pending(NodeId owner);
}
