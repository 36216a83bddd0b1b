package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.StepId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run wants to be woken for. A timer that fires twice or for an attempt that is over does nothing; one
 * that fires too early is set again.
 *
 * @param step absent for a timer of the run itself
 * @param attempt number of the attempt it is about; 0 for what is not about one
 */
public record Timer(Kind kind, Optional<StepId> step, int attempt) {
    /** Why. */
    public enum Kind {
        /** The next attempt of a step is due. */
        RETRY,
        /** The program of an attempt should be running by now. */
        START,
        /** An attempt has run as long as it may. */
        TIMEOUT,
        /** An attempt that was asked to end should have ended by now. */
        STOP,
        /** What a step waits for before it starts may have come. */
        LOOK,
        /** The run, or the step, should have ended by now. */
        DEADLINE,
        /** A finished run was taken over for a command that did not come. */
        IDLE
    }

    public Timer {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(step, "step");
    }

    static Timer of(Kind kind, StepId step, int attempt) {
        return new Timer(kind, Optional.of(step), attempt);
    }

    /** @param step absent for the run's own */
    static Timer deadline(Optional<StepId> step) {
        return new Timer(Kind.DEADLINE, step, 0);
    }

    static Timer idle() {
        return new Timer(Kind.IDLE, Optional.empty(), 0);
    }
}
