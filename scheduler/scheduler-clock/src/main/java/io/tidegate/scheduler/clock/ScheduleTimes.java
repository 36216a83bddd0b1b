package io.tidegate.scheduler.clock;

import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import io.tidegate.scheduler.schedule.LogicalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Intervals computed from a schedule's times. Methods throw IllegalArgumentException for a cron expression that is none. */
public final class ScheduleTimes implements LogicalTimes {
    private final Map<Key, TimeLine> lines = new ConcurrentHashMap<>();

    private record Key(Timing timing, Calendar calendar) {}

    @Override
    public Optional<DataInterval> shift(Schedule schedule, DataInterval interval, int offset) {
        TimeLine line = line(schedule);
        Optional<Instant> start = Optional.of(interval.start());
        for (int moved = 0; moved < Math.abs(offset) && start.isPresent(); moved++) {
            start = offset < 0 ? start.flatMap(line::before) : start.flatMap(line::after);
        }
        return start.filter(instant -> schedule.calendar().allows(instant))
                .flatMap(instant -> interval(schedule, instant));
    }

    @Override
    public Optional<DataInterval> startingOn(Schedule schedule, LocalDate day) {
        Instant from = day.atStartOfDay(schedule.calendar().zone()).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(schedule.calendar().zone()).toInstant();
        return starting(schedule, from, until, 1).stream().findFirst();
    }

    @Override
    public List<DataInterval> starting(Schedule schedule, Instant from, Instant until, int limit) {
        TimeLine line = line(schedule);
        Instant beginning = schedule.calendar().beginning();
        Optional<Instant> start = line.from(from.isBefore(beginning) ? beginning : from);
        List<DataInterval> intervals = new ArrayList<>();
        while (intervals.size() < limit && start.isPresent()) {
            Instant begun = start.orElseThrow();
            if (!begun.isBefore(until) || !schedule.calendar().allows(begun)) {
                break;
            }
            start = line.after(begun);
            start.map(end -> new DataInterval(begun, end, schedule.calendar().zone()))
                    .ifPresent(intervals::add);
        }
        return List.copyOf(intervals);
    }

    @Override
    public Optional<DataInterval> nextEndingAfter(Schedule schedule, Instant instant) {
        TimeLine line = line(schedule);
        Instant beginning = schedule.calendar().beginning();
        Optional<Instant> start = line.after(instant)
                .flatMap(end -> line.before(end)
                        .filter(found -> !found.isBefore(beginning))
                        .or(() -> line.from(beginning)));
        return start.filter(found -> schedule.calendar().allows(found)).flatMap(found -> interval(schedule, found));
    }

    @Override
    public Optional<DataInterval> lastEndedBy(Schedule schedule, Instant instant) {
        TimeLine line = line(schedule);
        Optional<Instant> start = line.upTo(instant).flatMap(line::before);
        if (start.isPresent() && schedule.calendar().isOver(start.orElseThrow())) {
            start = schedule.calendar()
                    .end()
                    .map(day -> day.atStartOfDay(schedule.calendar().zone()).toInstant())
                    .flatMap(line::before);
        }
        return start.filter(found -> schedule.calendar().allows(found)).flatMap(found -> interval(schedule, found));
    }

    private Optional<DataInterval> interval(Schedule schedule, Instant start) {
        return line(schedule)
                .after(start)
                .map(end -> new DataInterval(start, end, schedule.calendar().zone()));
    }

    private TimeLine line(Schedule schedule) {
        return lines.computeIfAbsent(
                new Key(schedule.timing(), schedule.calendar()),
                key -> new TimeLine(LocalTimes.of(schedule), schedule.calendar().zone()));
    }
}
