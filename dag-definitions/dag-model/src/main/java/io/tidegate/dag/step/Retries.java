package io.tidegate.dag.step;

import java.time.Duration;
import java.util.Objects;

/**
 * How often each kind of failure is tried again, with exponential backoff between the tries. Only failures of the author's own
 * program spend {@code user}.
 *
 * @param user the program failed
 * @param platform the machine, the cluster or its API failed
 * @param timeout the attempt ran out of time
 * @param lost the external job is gone without a trace
 * @param firstBackoff wait before the first retry; doubles from try to try
 * @param longestBackoff what the wait never exceeds
 * @param exitCodes which ends of the program are worth another try
 */
public record Retries(
        int user,
        int platform,
        int timeout,
        int lost,
        Duration firstBackoff,
        Duration longestBackoff,
        ExitCodes exitCodes) {
    public static final Retries DEFAULT = new Retries(0, 3, 0, 1, Duration.ofSeconds(5), Duration.ofMinutes(2));

    public Retries {
        Objects.requireNonNull(firstBackoff, "firstBackoff");
        Objects.requireNonNull(longestBackoff, "longestBackoff");
        Objects.requireNonNull(exitCodes, "exitCodes");
        if (user < 0 || platform < 0 || timeout < 0 || lost < 0) {
            throw new IllegalArgumentException("retries cannot be negative");
        }
        if (firstBackoff.isNegative() || longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException(
                    "backoff must run from a shorter to a longer time, not " + firstBackoff + " to " + longestBackoff);
        }
    }

    /** Retries of a program whose exit codes all count alike. */
    public Retries(int user, int platform, int timeout, int lost, Duration firstBackoff, Duration longestBackoff) {
        this(user, platform, timeout, lost, firstBackoff, longestBackoff, ExitCodes.ANY);
    }
}
