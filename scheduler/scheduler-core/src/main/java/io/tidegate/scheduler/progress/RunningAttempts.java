package io.tidegate.scheduler.progress;

import java.util.List;

/** Which attempts run. */
@FunctionalInterface
public interface RunningAttempts {
    /** Attempts whose program runs, of all nodes: whoever looks at this one wants to see them all. */
    List<RunningAttempt> running();
}
