package io.tidegate.scheduler.node;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The sign of life of one loop. Its time is that of a clock that only goes forward: a wall clock that is set must not make a loop look dead, nor
 * a dead one alive. Safe for use by several threads.
 */
public final class LoopPulse {
    private final String loop;
    private final Duration bound;
    private final LongSupplier nanoTime;
    private volatile long last;

    /**
     * Begins with a beat.
     *
     * @param loop name for people
     * @param bound how long it may be silent before something is wrong
     * @param nanoTime as {@link System#nanoTime}
     */
    public LoopPulse(String loop, Duration bound, LongSupplier nanoTime) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.bound = Objects.requireNonNull(bound, "bound");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.last = nanoTime.getAsLong();
    }

    /** Says that a round has ended. */
    public void beat() {
        last = nanoTime.getAsLong();
    }

    /** How long it has been silent. */
    public LoopLag lag() {
        return new LoopLag(loop, Duration.ofNanos(nanoTime.getAsLong() - last), bound);
    }
}
