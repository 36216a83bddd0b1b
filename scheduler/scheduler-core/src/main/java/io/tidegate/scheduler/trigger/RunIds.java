package io.tidegate.scheduler.trigger;

import io.tidegate.scheduler.run.RunId;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes run identifiers that sort in the order they were made: UUID version 7 of RFC 9562, section 5.7, with the twelve bits after the
 * milliseconds used as a counter (section 6.2, method 1). The order holds within one server, also when its clock is put back. Safe for use by
 * several threads.
 */
public final class RunIds {
    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_END = 1 << COUNTER_BITS;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillisecond;
    private int counter;

    public RunIds(InstantSource clock, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    public synchronized RunId next() {
        long millisecond = clock.millis();
        if (millisecond > lastMillisecond) {
            lastMillisecond = millisecond;
            counter = random.nextInt(COUNTER_END / 2);
        } else if (++counter == COUNTER_END) {
            // The counter is full: the identifier borrows the next millisecond.
            lastMillisecond++;
            counter = 0;
        }
        long high = (lastMillisecond << 16) | VERSION_7 | counter;
        long low = (random.nextLong() & VARIANT_MASK) | VARIANT;
        return new RunId(new UUID(high, low));
    }
}
