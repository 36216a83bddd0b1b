package io.tidegate.scheduler.run;

import java.time.Instant;
import java.util.Objects;

/**
 * A person's word on how a step ended, which counts instead of what its attempts say.
 *
 * @param reason why; never empty
 */
public record Mark(Outcome outcome, String actor, String reason, Instant at) {
    /** What the step is to count as. */
    public enum Outcome {
        SUCCEEDED,
        FAILED
    }

    public Mark {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }
}
