package io.tidegate.executor.kubernetes;

import io.tidegate.executor.kubernetes.settings.ClusterSettings.Limits;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Keeps the server from asking a cluster too often: a bucket of tokens for the rate, and permits for what waits. Safe for several threads. */
final class RateLimit {
    private static final double NANOS_OF_A_SECOND = 1e9;

    private final Limits limits;
    private final Semaphore permits;
    private double tokens;
    private long filledAt = System.nanoTime();
    private long pausedUntil = filledAt;

    RateLimit(Limits limits) {
        this.limits = limits;
        this.permits = new Semaphore(limits.requestsAtOnce(), true);
        this.tokens = limits.burst();
    }

    /** Waits for a turn. */
    void take() {
        sleepUntil(System.nanoTime() + reserve());
    }

    /** Waits; returns early when the thread is interrupted. */
    static void sleepUntil(long nanoTime) {
        while (nanoTime - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
    }

    /** The cluster wants no request for a while. */
    synchronized void pause(Duration length) {
        pausedUntil = Math.max(pausedUntil - filledAt, System.nanoTime() + length.toNanos() - filledAt) + filledAt;
    }

    /** Takes a token, be it one of the future; gives the nanoseconds until it is there. */
    private synchronized long reserve() {
        long now = System.nanoTime();
        tokens = Math.min(limits.burst(), tokens + (now - filledAt) / NANOS_OF_A_SECOND * limits.requestsPerSecond());
        filledAt = now;
        tokens -= 1;
        long own = tokens >= 0 ? 0 : (long) (-tokens / limits.requestsPerSecond() * NANOS_OF_A_SECOND);
        return Math.max(own, pausedUntil - now);
    }

    /** Waits for a turn and until few enough others wait for an answer; {@link #leave} must follow. */
    void enter() {
        permits.acquireUninterruptibly();
        take();
    }

    void leave() {
        permits.release();
    }
}
