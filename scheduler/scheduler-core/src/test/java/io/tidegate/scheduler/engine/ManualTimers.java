package io.tidegate.scheduler.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock and its timers that go forwards when a test says so. Safe for use by several threads; tasks run on the thread that moves the clock. */
final class ManualTimers implements Timers, InstantSource {
    private record Due(Instant at, long order, Runnable task) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private Instant now = Instant.parse("2026-01-05T06:00:00Z");
    private long order;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public Runnable at(Instant instant, Runnable task) {
        synchronized (this) {
            if (instant.isAfter(now)) {
                Due timer = new Due(instant, order++, task);
                due.add(timer);
                return () -> takeBack(timer);
            }
        }
        task.run();
        return () -> {};
    }

    private synchronized void takeBack(Due timer) {
        due.remove(timer);
    }

    /** How many have not been called. */
    synchronized int size() {
        return due.size();
    }

    /** Moves the clock and calls what became due, once each. */
    void advance(Duration duration) {
        List<Runnable> tasks = new ArrayList<>();
        synchronized (this) {
            now = now.plus(duration);
            while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
                tasks.add(due.poll().task());
            }
        }
        tasks.forEach(Runnable::run);
    }

    @Override
    public synchronized void close() {
        due.clear();
    }
}
