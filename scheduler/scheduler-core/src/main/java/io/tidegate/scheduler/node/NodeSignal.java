package io.tidegate.scheduler.node;

/** What nodes wake each other for. A hint and no more: whoever misses one finds the same at its next look. */
public enum NodeSignal {
    /** Runs wait for a node. */
    RUNS,
    /** Somebody asks something of a run that another node may own. */
    COMMANDS,
    /** Places of pools were given back. */
    PLACES
}
