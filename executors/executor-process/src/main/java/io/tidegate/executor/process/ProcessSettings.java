package io.tidegate.executor.process;

import io.tidegate.executor.InstallationId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How local processes are run.
 *
 * @param name the executor's name
 * @param installation what processes are marked with
 * @param attempts folder that holds one folder for each attempt; made when it is missing
 * @param grace time between asking a program to end and killing it
 * @param logLimit most bytes of log kept for an attempt: the first half of it as it came, then the newest
 * @param pollInterval how often jobs are looked at that are not this process's own children
 */
public record ProcessSettings(
        String name, InstallationId installation, Path attempts, Duration grace, long logLimit, Duration pollInterval) {
    /** Kept of a log unless told otherwise: 64 MiB. */
    public static final long DEFAULT_LOG_LIMIT = 64L << 20;

    private static final long BLOCK = 16384;
    private static final long SMALLEST_LOG_LIMIT = 128 << 10;

    public ProcessSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(installation, "installation");
        attempts = attempts.toAbsolutePath().normalize();
        requirePositive(grace, "grace");
        requirePositive(pollInterval, "pollInterval");
        if (logLimit < SMALLEST_LOG_LIMIT) {
            throw new IllegalArgumentException(
                    "logLimit must be at least " + SMALLEST_LOG_LIMIT + " bytes, not " + logLimit);
        }
    }

    /** Ten seconds of grace, 64 MiB of log, a look at adopted jobs ten times a second. */
    public static ProcessSettings defaults(InstallationId installation, Path attempts) {
        return new ProcessSettings(
                "process", installation, attempts, Duration.ofSeconds(10), DEFAULT_LOG_LIMIT, Duration.ofMillis(100));
    }

    public ProcessSettings withName(String newName) {
        return new ProcessSettings(newName, installation, attempts, grace, logLimit, pollInterval);
    }

    public ProcessSettings withGrace(Duration newGrace) {
        return new ProcessSettings(name, installation, attempts, newGrace, logLimit, pollInterval);
    }

    public ProcessSettings withLogLimit(long newLogLimit) {
        return new ProcessSettings(name, installation, attempts, grace, newLogLimit, pollInterval);
    }

    /** Bytes at the log's beginning that are always kept. */
    long logHead() {
        return logHead(logLimit);
    }

    static long logHead(long limit) {
        return wholeBlocks(limit / 2);
    }

    /** Bytes of one segment of the log's tail, of which there are at most three. */
    long logSegment() {
        return logSegment(logLimit);
    }

    static long logSegment(long limit) {
        return wholeBlocks(limit / 6);
    }

    private static long wholeBlocks(long bytes) {
        return bytes / BLOCK * BLOCK;
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }
    }
}
