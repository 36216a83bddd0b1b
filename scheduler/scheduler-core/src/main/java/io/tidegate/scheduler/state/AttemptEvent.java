package io.tidegate.scheduler.state;

/** What may happen to an attempt. */
public enum AttemptEvent {
    /** The executor has the job. */
    ACCEPT,
    /** The executor says there is no job and will be none. */
    REJECT,
    /** The executor's answer was lost. */
    LOSE_ANSWER,
    /** The job is asked to end: cancelled by somebody, or out of time. */
    STOP,
    SUCCEED,
    FAIL,
    END_CANCELLED
}
