package io.tidegate.scheduler.node;

import java.time.Duration;
import java.util.Objects;

/**
 * How long one of a node's loops has been silent.
 *
 * @param loop name for people
 * @param silence time since its last round
 * @param bound how long it may be silent before something is wrong
 */
public record LoopLag(String loop, Duration silence, Duration bound) {
    public LoopLag {
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(silence, "silence");
        Objects.requireNonNull(bound, "bound");
    }

    /** Whether it is silent no longer than it may be. */
    public boolean alive() {
        return silence.compareTo(bound) <= 0;
    }
}
