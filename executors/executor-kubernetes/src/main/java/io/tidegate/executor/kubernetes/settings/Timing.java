package io.tidegate.executor.kubernetes.settings;

import java.time.Duration;

/**
 * How long things may take on a cluster.
 *
 * @param pending how long a pod may wait for a node, room in a quota, or its volumes, before the attempt fails
 * @param grace time between asking a pod to end and killing it
 * @param deadlineMargin how much longer than the step's timeout and its waiting Kubernetes lets a Job go on, should no server be there to end it
 * @param keepFinished how long Kubernetes keeps a Job that has ended; its log is captured in this time, also after a server was away
 * @param listEvery how often everything is listed, which finds what a watch did not tell
 */
public record Timing(
        Duration pending, Duration grace, Duration deadlineMargin, Duration keepFinished, Duration listEvery) {
    private static final Duration SHORTEST_KEEPING = Duration.ofMinutes(5);

    public static final Timing DEFAULT = new Timing(
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofSeconds(30));

    public Timing {
        requirePositive(pending, "pending");
        requirePositive(grace, "grace");
        requirePositive(deadlineMargin, "deadlineMargin");
        requirePositive(listEvery, "listEvery");
        if (keepFinished.compareTo(SHORTEST_KEEPING) < 0) {
            throw new IllegalArgumentException("keepFinished must be at least " + SHORTEST_KEEPING.toMinutes()
                    + " minutes, so that logs can be captured, not " + keepFinished);
        }
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }
    }
}
