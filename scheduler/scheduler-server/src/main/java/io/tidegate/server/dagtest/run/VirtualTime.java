package io.tidegate.server.dagtest.run;

import io.tidegate.scheduler.plan.PlannerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Time that does not pass: what is due next happens next, however long that is from now. Not thread-safe. */
final class VirtualTime implements Happenings {
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
    private Instant now;
    private long sequence;

    private record Due(Instant at, long sequence, PlannerEvent event) {}

    VirtualTime(Instant begin) {
        this.now = begin;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void in(Duration later, PlannerEvent event) {
        due.add(new Due(now.plus(later), sequence++, event));
    }

    @Override
    public Optional<PlannerEvent> next() {
        Optional<Due> next = Optional.ofNullable(due.poll());
        next.ifPresent(found -> now = found.at());
        return next.map(Due::event);
    }
}
