package io.tidegate.scheduler.state;

/** What may happen to a step of a run. */
public enum StepEvent {
    /** Everything it waits for has ended well. */
    READY,
    /** What it needs was found; an attempt is launched. */
    LAUNCH,
    /** The scheduler did its work itself. */
    COMPLETE,
    SUCCEED,
    /** Failed, and a retry is due later. */
    RETRY,
    FAIL,
    SKIP,
    UPSTREAM_FAIL,
    CANCEL,
    END_CANCELLED,
    /** A person says that it counts as succeeded. */
    MARK_SUCCEEDED,
    /** A person says that it counts as failed. */
    MARK_FAILED,
    RERUN;

    /** Whether a person may leave a final state by it. */
    public boolean isReopening() {
        return this == RERUN || this == MARK_SUCCEEDED || this == MARK_FAILED;
    }
}
