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
    RERUN
}
