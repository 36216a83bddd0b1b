package io.tidegate.dag.step;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * @param timeout how long one attempt may run
 * @param startTimeout how long the job of an attempt may wait on its cluster until its program runs; empty for as long as it likes
 * @param retries how often each kind of failure is tried again
 * @param deadline by when the step must have ended
 * @param places what it must have before it is launched
 */
public record Limits(
        Duration timeout,
        Optional<Duration> startTimeout,
        Retries retries,
        Optional<Deadline> deadline,
        Places places) {
    public static final Limits DEFAULT = new Limits(Duration.ofHours(1), Retries.DEFAULT);

    public Limits {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(startTimeout, "startTimeout");
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(places, "places");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }

    /** Limits of a step without a deadline that waits for no places. */
    public Limits(Duration timeout, Retries retries) {
        this(timeout, Optional.empty(), retries, Optional.empty(), Places.NONE);
    }

    /** The same limits with other places. */
    public Limits with(Places other) {
        return new Limits(timeout, startTimeout, retries, deadline, other);
    }

    /** What of the limits means something to a step that only waits itself. */
    public Limits ofWaiting() {
        return new Limits(timeout, Optional.empty(), retries, deadline, Places.NONE);
    }
}
