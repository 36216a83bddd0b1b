package io.tidegate.scheduler.engine;

import java.time.Instant;

/** Wakes the engine at an instant. Safe for use by several threads. */
public interface Timers extends AutoCloseable {
    /**
     * Calls the task once, at the instant or soon after it; at once when it has passed. The task must return quickly and not throw.
     *
     * @return takes the timer back: the task is forgotten, unless it has been called
     */
    Runnable at(Instant instant, Runnable task);

    /** Forgets every task that has not been called. */
    @Override
    void close();
}
