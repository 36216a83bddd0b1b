package io.tidegate.dag.schedule;

/** What happens with intervals that passed unnoticed. */
public enum Catchup {
    /** They are left out. */
    NONE,
    /** Only the newest of them runs. */
    LATEST,
    /** All of them run, oldest first. */
    ALL
}
