package io.tidegate.server.cli.client;

/** What a command's exit code says. Documented in the README of the scheduler. */
public final class ExitCodes {
    /** Done. */
    public static final int DONE = 0;
    /** What was asked for failed: a run failed, a file has problems. */
    public static final int FAILED = 1;
    /** The command was written wrongly. */
    public static final int USAGE = 2;
    /** No server answers. */
    public static final int UNREACHABLE = 3;
    /** There is no such thing. */
    public static final int NOT_FOUND = 4;

    private ExitCodes() {}
}
