package io.tidegate.executor;

/** Whose fault a failed attempt is. Each kind has a retry budget of its own; only {@code USER} spends the author's. */
public enum FailureKind {
    /** The step's own program failed: an exit code, an exception, a bound of its quality. */
    USER,
    /** The machine, the cluster or its API failed. */
    PLATFORM,
    /** The attempt ran longer than it may. */
    TIMEOUT,
    /** The external job is gone and nothing says how it ended. */
    LOST
}
