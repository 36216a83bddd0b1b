package io.tidegate.scheduler.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long this node may count on its lease, by its own clocks and without asking: a server that was frozen for longer must not launch what it was
 * about to launch, since another one has its runs by now. The term begins before the database is asked to renew, and so ends before the
 * lease does. Neither clock is enough: one stands still while the machine is suspended, the other one is set. Safe for use by several threads.
 */
final class LeaseTerm {
    private final Duration length;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile Optional<Mark> begin = Optional.empty();

    /** An instant by both clocks. */
    record Mark(long nanos, Instant instant) {}

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    LeaseTerm(Duration length, InstantSource clock, LongSupplier nanoTime) {
        this.length = length;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    Duration length() {
        return length;
    }

    Mark now() {
        return new Mark(nanoTime.getAsLong(), clock.instant());
    }

    void beginsAt(Mark mark) {
        begin = Optional.of(mark);
    }

    void ends() {
        begin = Optional.empty();
    }

    boolean isRunning() {
        return begin.filter(mark -> nanoTime.getAsLong() - mark.nanos() < length.toNanos()
                        && clock.instant().isBefore(mark.instant().plus(length)))
                .isPresent();
    }
}
