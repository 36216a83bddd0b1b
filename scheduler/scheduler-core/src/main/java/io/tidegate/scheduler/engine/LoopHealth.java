package io.tidegate.scheduler.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether one of the engine's loops is alive.
 *
 * @param loop name for people
 * @param lastTick when it last finished a round
 * @param bound how long a round may take at most before something is wrong
 */
public record LoopHealth(String loop, Instant lastTick, Duration bound) {
    public LoopHealth {
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(lastTick, "lastTick");
        Objects.requireNonNull(bound, "bound");
    }

    public boolean isAlive(Instant now) {
        return !lastTick.plus(bound).isBefore(now);
    }
}
