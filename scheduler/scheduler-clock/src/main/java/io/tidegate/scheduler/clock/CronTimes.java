package io.tidegate.scheduler.clock;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.schedule.LogicalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Intervals computed from cron expressions with cron-utils. Methods throw IllegalArgumentException for a cron that {@link #problem} names. */
public final class CronTimes implements LogicalTimes {
    /** An expression must hold this often in the time cron-utils looks ahead; "30 February" never does. */
    private static final int MUST_HOLD = 5;

    private final Map<Key, CronLine> lines = new ConcurrentHashMap<>();

    private record Key(String cron, ZoneId zone) {}

    @Override
    public Optional<String> problem(Schedule schedule) {
        try {
            CronLine line = line(schedule);
            Instant instant = beginning(schedule);
            for (int count = 0; count < MUST_HOLD; count++) {
                Optional<Instant> next = line.after(instant);
                if (next.isEmpty()) {
                    return Optional.of("cron '" + schedule.cron() + "' never comes true");
                }
                instant = next.orElseThrow();
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("cron '" + schedule.cron()
                    + "' is not a five-field cron expression (minute hour day month weekday): " + e.getMessage());
        }
    }

    @Override
    public Optional<DataInterval> shift(Schedule schedule, DataInterval interval, int offset) {
        CronLine line = line(schedule);
        Optional<Instant> start = Optional.of(interval.start());
        for (int moved = 0; moved < Math.abs(offset) && start.isPresent(); moved++) {
            start = offset < 0 ? start.flatMap(line::before) : start.flatMap(line::after);
        }
        return start.filter(instant -> isInside(schedule, instant)).flatMap(instant -> interval(schedule, instant));
    }

    @Override
    public Optional<DataInterval> startingOn(Schedule schedule, LocalDate day) {
        Instant from = day.atStartOfDay(schedule.zone()).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(schedule.zone()).toInstant();
        return starting(schedule, from, until, 1).stream().findFirst();
    }

    @Override
    public List<DataInterval> starting(Schedule schedule, Instant from, Instant until, int limit) {
        CronLine line = line(schedule);
        Instant beginning = beginning(schedule);
        Optional<Instant> start = line.from(from.isBefore(beginning) ? beginning : from);
        List<DataInterval> intervals = new ArrayList<>();
        while (intervals.size() < limit
                && start.filter(instant -> instant.isBefore(until)).isPresent()) {
            if (!isInside(schedule, start.orElseThrow())) {
                break;
            }
            start.flatMap(instant -> interval(schedule, instant)).ifPresent(intervals::add);
            start = start.flatMap(line::after);
        }
        return List.copyOf(intervals);
    }

    @Override
    public Optional<DataInterval> nextEndingAfter(Schedule schedule, Instant instant) {
        CronLine line = line(schedule);
        Instant beginning = beginning(schedule);
        Optional<Instant> start = line.after(instant)
                .flatMap(line::before)
                .filter(found -> !found.isBefore(beginning))
                .or(() -> line.from(beginning));
        return start.filter(found -> isInside(schedule, found)).flatMap(found -> interval(schedule, found));
    }

    @Override
    public Optional<DataInterval> lastEndedBy(Schedule schedule, Instant instant) {
        CronLine line = line(schedule);
        Optional<Instant> start = line.upTo(instant).flatMap(line::before);
        if (start.isPresent() && isOver(schedule, start.orElseThrow())) {
            start = schedule.end()
                    .map(day -> day.atStartOfDay(schedule.zone()).toInstant())
                    .flatMap(line::before);
        }
        return start.filter(found -> isInside(schedule, found)).flatMap(found -> interval(schedule, found));
    }

    private Optional<DataInterval> interval(Schedule schedule, Instant start) {
        return line(schedule).after(start).map(end -> new DataInterval(start, end, schedule.zone()));
    }

    private CronLine line(Schedule schedule) {
        return lines.computeIfAbsent(
                new Key(schedule.cron(), schedule.zone()), key -> CronLine.of(key.cron(), key.zone()));
    }

    private static Instant beginning(Schedule schedule) {
        return schedule.start().atStartOfDay(schedule.zone()).toInstant();
    }

    private static boolean isInside(Schedule schedule, Instant start) {
        return !start.isBefore(beginning(schedule)) && !isOver(schedule, start);
    }

    private static boolean isOver(Schedule schedule, Instant start) {
        return schedule.end()
                .filter(day -> !start.atZone(schedule.zone()).toLocalDate().isBefore(day))
                .isPresent();
    }
}
