package io.tidegate.scheduler.state;

/** What may happen to a run. */
public enum RunEvent {
    START,
    CANCEL,
    SUCCEED,
    FAIL,
    END_CANCELLED,
    RERUN
}
