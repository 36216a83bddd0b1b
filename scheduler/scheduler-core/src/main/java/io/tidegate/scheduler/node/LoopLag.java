package io.tidegate.scheduler.node;

import java.time.Duration;
import java.util.Objects;

/**
 * How long one of a node's loops has been silent.
 *
 * @param loop name for people
 * @param silence time since its last round
 * @param alive whether that is no longer than it may be
 */
public record LoopLag(String loop, Duration silence, boolean alive) {
    public LoopLag {
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(silence, "silence");
    }

    /**
     * @param bound how long the loop may be silent
     */
    public static LoopLag of(String loop, Duration silence, Duration bound) {
        return new LoopLag(loop, silence, silence.compareTo(bound) <= 0);
    }
}
