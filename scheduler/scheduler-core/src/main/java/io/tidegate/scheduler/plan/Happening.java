package io.tidegate.scheduler.plan;

import java.time.Instant;
import java.util.Objects;

/**
 * An event with its time.
 *
 * @param at when it became known, which may be a while before it is planned
 */
public record Happening(PlannerEvent event, Instant at) {
    public Happening {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(at, "at");
    }
}
