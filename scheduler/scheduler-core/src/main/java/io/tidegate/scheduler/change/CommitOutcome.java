package io.tidegate.scheduler.change;

/** What came of one {@link RunCommit}. */
public enum CommitOutcome {
    WRITTEN,
    /** The run belongs to somebody else now: drop it. */
    STALE,
    /** A publication met another champion than the one it was judged against: judge again. */
    CONFLICT
}
