package io.tidegate.dag.step;

import java.time.Duration;
import java.util.Objects;

/**
 * @param timeout how long one attempt may run
 * @param retries how often each kind of failure is tried again
 */
public record Limits(Duration timeout, Retries retries) {
    public static final Limits DEFAULT = new Limits(Duration.ofHours(1), Retries.DEFAULT);

    public Limits {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(retries, "retries");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }
}
