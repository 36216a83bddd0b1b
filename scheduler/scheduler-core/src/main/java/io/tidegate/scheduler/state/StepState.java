package io.tidegate.scheduler.state;

import io.tidegate.dag.step.StepResult;
import java.util.Optional;

/** Where a step of a run stands. */
public enum StepState {
    /** Waits for other steps. */
    WAITING,
    /** Everything it waits for has ended; the scheduler is looking up what it needs: partitions, champion, thresholds. */
    RESOLVING,
    /** An attempt is being launched or is working. */
    RUNNING,
    /** An attempt failed, and the next one is due later. */
    RETRYING,
    /** Its attempt was asked to end. */
    CANCELLING,
    SUCCEEDED,
    /** Failed, with no retries left. */
    FAILED,
    /** Rightly did not run: its condition did not hold, or there was nothing to work on. */
    SKIPPED,
    /** Did not run because something it waits for failed. */
    UPSTREAM_FAILED,
    CANCELLED;

    /** Whether nothing happens any more unless a person reruns it. */
    public boolean isTerminal() {
        return result().isPresent();
    }

    /** How it ended, as far as the steps after it care; empty as long as it has not. */
    public Optional<StepResult> result() {
        return switch (this) {
            case SUCCEEDED -> Optional.of(StepResult.SUCCEEDED);
            case SKIPPED -> Optional.of(StepResult.SKIPPED);
            case FAILED, UPSTREAM_FAILED, CANCELLED -> Optional.of(StepResult.FAILED);
            case WAITING, RESOLVING, RUNNING, RETRYING, CANCELLING -> Optional.empty();
        };
    }

    /** Whether a run with this step can still succeed. */
    public boolean isGood() {
        return this == SUCCEEDED || this == SKIPPED;
    }

    /** Whether it ended in a way that blocks what waits for it. */
    public boolean isBad() {
        return isTerminal() && !isGood();
    }
}
