package io.tidegate.scheduler.sample;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.schedule.LogicalTimes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Intervals that are weeks from Monday to Monday, whatever the cron expression says. */
public final class Weeks implements LogicalTimes {
    @Override
    public Optional<DataInterval> shift(Schedule schedule, DataInterval interval, int offset) {
        LocalDate day = interval.startDate().plusWeeks(offset);
        return isInside(schedule, day) ? Optional.of(week(schedule, day)) : Optional.empty();
    }

    @Override
    public Optional<DataInterval> startingOn(Schedule schedule, LocalDate day) {
        return all(schedule).filter(week -> week.startDate().equals(day)).findFirst();
    }

    @Override
    public List<DataInterval> starting(Schedule schedule, Instant from, Instant until, int limit) {
        return all(schedule)
                .filter(week -> !week.start().isBefore(from) && week.start().isBefore(until))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<DataInterval> nextEndingAfter(Schedule schedule, Instant instant) {
        return all(schedule).filter(week -> week.end().isAfter(instant)).findFirst();
    }

    @Override
    public Optional<DataInterval> lastEndedBy(Schedule schedule, Instant instant) {
        return all(schedule).filter(week -> !week.end().isAfter(instant)).reduce((earlier, later) -> later);
    }

    private static Stream<DataInterval> all(Schedule schedule) {
        LocalDate first = schedule.calendar().start().with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        return Stream.iterate(first, day -> isInside(schedule, day), day -> day.plusWeeks(1))
                .map(day -> week(schedule, day));
    }

    private static boolean isInside(Schedule schedule, LocalDate day) {
        return !day.isBefore(schedule.calendar().start())
                && schedule.calendar().end().map(day::isBefore).orElse(true);
    }

    private static DataInterval week(Schedule schedule, LocalDate day) {
        return new DataInterval(
                day.atStartOfDay(schedule.calendar().zone()).toInstant(),
                day.plusWeeks(1).atStartOfDay(schedule.calendar().zone()).toInstant(),
                schedule.calendar().zone());
    }
}
