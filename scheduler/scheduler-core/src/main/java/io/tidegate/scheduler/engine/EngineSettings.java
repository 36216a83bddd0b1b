package io.tidegate.scheduler.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * How the engine works. Every default suits one server on a small machine.
 *
 * @param lanes threads that plan; a run stays on one
 * @param limits how much goes on at once
 * @param pace how often it looks and how long it waits
 */
public record EngineSettings(int lanes, Limits limits, Pace pace) {
    public static final EngineSettings DEFAULT = new EngineSettings(2, Limits.DEFAULT, Pace.DEFAULT);

    public EngineSettings {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(pace, "pace");
        if (lanes < 1) {
            throw new IllegalArgumentException("the engine needs at least one lane, not " + lanes);
        }
    }

    /**
     * @param attempts how many attempts work at once on this server; further ones wait in the order they were decided
     * @param runs how many runs are kept in memory at once
     * @param launchThreads how many launches may block at once
     * @param commitBatch most run commits written with one transaction
     */
    public record Limits(int attempts, int runs, int launchThreads, int commitBatch) {
        public static final Limits DEFAULT = new Limits(4, 1_000, 8, 500);

        public Limits {
            if (attempts < 1 || runs < 1 || launchThreads < 1 || commitBatch < 1) {
                throw new IllegalArgumentException("limits of the engine must be at least 1: attempts " + attempts
                        + ", runs " + runs + ", launch threads " + launchThreads + ", commit batch " + commitBatch);
            }
        }
    }

    /**
     * @param claimEvery how often runs are looked for without a wake-up
     * @param commandsEvery how often commands are looked for without a wake-up
     * @param lease how long this node owns its runs without renewing; renewed three times as often. Its length and {@code claimEvery}
     *     together are how long the runs of a node that died wait for another one
     * @param firstRetry wait before something outside is asked again
     * @param longestRetry what that wait never exceeds
     * @param stopWithin how long each part of the engine may take to finish what it is doing when it is stopped
     * @param linger how long it may take until it is written down that a launch was accepted: a job that ends before costs one commit less. A
     *     server that dies meanwhile finds the job by its launch key
     */
    public record Pace(
            Duration claimEvery,
            Duration commandsEvery,
            Duration lease,
            Duration firstRetry,
            Duration longestRetry,
            Duration stopWithin,
            Duration linger) {
        public static final Pace DEFAULT = new Pace(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(12),
                Duration.ofMillis(250),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMillis(50));

        public Pace {
            Objects.requireNonNull(claimEvery, "claimEvery");
            Objects.requireNonNull(commandsEvery, "commandsEvery");
            Objects.requireNonNull(lease, "lease");
            Objects.requireNonNull(firstRetry, "firstRetry");
            Objects.requireNonNull(longestRetry, "longestRetry");
            Objects.requireNonNull(stopWithin, "stopWithin");
            Objects.requireNonNull(linger, "linger");
        }
    }
}
