package io.tidegate.scheduler.state;

/** What may happen to a run. */
public enum RunEvent {
    START,
    CANCEL,
    SUCCEED,
    FAIL,
    END_CANCELLED,
    /** A step was marked, and now every step ended well. */
    MARK_SUCCEEDED,
    /** A step of a run that had succeeded was marked failed. */
    MARK_FAILED,
    RERUN;

    /** Whether a person may leave a final state by it. */
    public boolean isReopening() {
        return this == RERUN || this == MARK_SUCCEEDED || this == MARK_FAILED;
    }
}
