package io.tidegate.scheduler.run;

/** What made a run. */
public enum TriggerKind {
    SCHEDULE,
    MANUAL,
    BACKFILL,
    THRESHOLD,
    /** A step of another run. */
    DAG
}
