package io.tidegate.faults;

/** What the soak does to the servers and to what they stand on. Numbers are rows of the table in {@code scheduler/FAULTS.md}. */
enum Fault {
    /** Rows 1 to 4: a server is killed, and started again. */
    KILL(true),
    /** Row 5: a server is asked to end, and started again. */
    TERMINATE(true),
    /** Row 6: a server stands still for longer than its lease. */
    FREEZE(true),
    /** Rows 21 and 22: the clock of one server jumps, and jumps back. */
    CLOCK_JUMP(true),
    /** Row 9: PostgreSQL crashes and comes back. */
    DATABASE_RESTART(false),
    /** Row 10: PostgreSQL is away for a while. */
    DATABASE_DOWN(false),
    /** Row 11: the database takes no writes for a while. */
    READ_ONLY(false),
    /** Rows 12 and 16: connections are ended at random, also between COMMIT and its answer. */
    CONNECTION_STORM(false),
    /** Row 13: others lock the same rows in another order. */
    ROWS_LOCKED(false),
    /** Row 14: a table is locked, so that every connection of the pools waits. */
    TABLE_LOCKED(false),
    /** Row 15: a snapshot is held open. */
    OLD_SNAPSHOT(false),
    /** Row 17: the disk with the logs is full for a while. Only where a small file system can be mounted. */
    DISK_FULL(false);

    private final boolean ofNode;

    Fault(boolean ofNode) {
        this.ofNode = ofNode;
    }

    /** Whether it strikes one server; else it strikes what all of them stand on. */
    boolean isOfNode() {
        return ofNode;
    }
}
