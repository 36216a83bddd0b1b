package io.tidegate.scheduler.backfill;

/** What a backfill does about intervals that have a run. */
public enum Reprocess {
    /** Leaves them alone: only intervals without any run get one. */
    NONE,
    /** Makes another run where the newest one failed or was cancelled. */
    FAILED,
    /** Makes another run wherever none is going. */
    ALL
}
