package io.tidegate.scheduler.state;

/** Where a run stands. */
public enum RunState {
    /** Made, and waiting until the DAG's overlap rule lets it start. */
    QUEUED,
    /** Steps are waiting or working. */
    RUNNING,
    /** Somebody asked for its end; working steps are being stopped. */
    CANCELLING,
    /** Every step ended well or was rightly skipped. */
    SUCCEEDED,
    /** At least one step failed for good. */
    FAILED,
    /** Stopped because somebody asked. */
    CANCELLED;

    /** Whether nothing happens any more unless a person reruns it. */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Whether it counts against the DAG's limit of runs at once. */
    public boolean isActive() {
        return this == RUNNING || this == CANCELLING;
    }
}
