package io.tidegate.scheduler.alerts.delivery;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is tried again: after a wait that doubles from try to try, between half and all of it at random, so that messages which
 * failed together are not tried together.
 *
 * @param first wait after the first failure
 * @param longest what the wait never exceeds, whatever the other side asks for
 * @param maximumAge age of a message from which on a failure is the last
 */
public record RetryPolicy(Duration first, Duration longest, Duration maximumAge) {
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(24));

    private static final int MOST_DOUBLINGS = 20;

    public RetryPolicy {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(maximumAge, "maximumAge");
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || maximumAge.isNegative()) {
            throw new IllegalArgumentException("retries need 0 < first <= longest and an age that is not negative, not "
                    + first + ", " + longest + " and " + maximumAge);
        }
    }

    /**
     * @param failures how often delivery failed before this time
     * @param asked what the other side asked to wait
     */
    Duration wait(int failures, Optional<Duration> asked, RandomGenerator random) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration bounded = shorter(doubled, longest);
        Duration jittered = Duration.ofMillis((long) (bounded.toMillis() * (1 + random.nextDouble()) / 2));
        return asked.map(wait -> shorter(wait, longest))
                .filter(wait -> wait.compareTo(jittered) > 0)
                .orElse(jittered);
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
