package io.tidegate.scheduler.store;

import java.time.Instant;
import java.util.Objects;

/**
 * Who did something, why and when: goes into the history with what was done.
 *
 * @param reason may be empty text where none is asked for
 */
public record Audit(String actor, String reason, Instant at) {
    public Audit {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }
}
