package io.tidegate.server.dagtest.local;

import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.server.dagtest.run.Happenings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Time as it passes. What happens may be told on any thread; one thread waits for it. */
final class RealTime implements Happenings {
    private final InstantSource clock;
    private final DelayQueue<Due> due = new DelayQueue<>();
    private final AtomicLong sequence = new AtomicLong();

    private record Due(long nanoTime, long sequence, PlannerEvent event) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Due that = (Due) other;
            int byTime = Long.compare(nanoTime - that.nanoTime, 0);
            return byTime == 0 ? Long.compare(sequence, that.sequence) : byTime;
        }
    }

    RealTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void in(Duration later, PlannerEvent event) {
        due.add(new Due(System.nanoTime() + later.toNanos(), sequence.getAndIncrement(), event));
    }

    /** Waits for it; empty when the thread is interrupted. */
    @Override
    public Optional<PlannerEvent> next() {
        try {
            return Optional.of(due.take().event());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
