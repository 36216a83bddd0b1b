package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.run.RunId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** So many runs are to be given back, whichever find a good moment first. Thread-safe. */
final class Surplus {
    /** Nothing is to be given back. */
    static final Surplus NONE = new Surplus(0);

    private final Set<RunId> given = ConcurrentHashMap.newKeySet();
    private volatile int left;

    Surplus(int left) {
        this.left = left;
    }

    /** Whether it is worth a closer look. */
    boolean isLeft() {
        return left > 0;
    }

    /** Whether this run is one of those to be given back. */
    synchronized boolean take(RunId run) {
        if (left <= 0) {
            return false;
        }
        left--;
        given.add(run);
        return true;
    }

    /** Whoever has not found a good moment keeps its run. */
    synchronized void end() {
        left = 0;
    }

    Set<RunId> given() {
        return Set.copyOf(given);
    }
}
