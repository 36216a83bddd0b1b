package io.tidegate.scheduler.state;

/** Where an attempt stands. */
public enum AttemptState {
    /** The intent is written; the executor was or will be asked to start it. */
    LAUNCHING,
    /** Nobody knows whether the job was started; the executor is being asked. */
    UNKNOWN,
    /** The job is there. */
    RUNNING,
    /** The job was asked to end; what it failed or was cancelled for is recorded with the attempt. */
    STOPPING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether its result stands for ever. */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
