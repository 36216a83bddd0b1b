package io.tidegate.scheduler.schedule;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Port: the intervals of a schedule. An interval runs from one of the schedule's times to the next; it belongs to the schedule when it starts on or after the
 * schedule's first day and before its end. Safe for use by several threads.
 *
 * <p>Where the zone's clock is put forward, a time that does not exist is its first valid instant. Where it is put back, a time that exists
 * twice counts once, the first time. So each local time gives one interval, and no two intervals of a day share a name.
 */
public interface LogicalTimes {
    /**
     * The interval {@code offset} places after the given one (before, when negative); empty when the schedule has none there.
     *
     * @param interval an interval of the schedule
     */
    Optional<DataInterval> shift(Schedule schedule, DataInterval interval, int offset);

    /** The first interval that starts on the day, in the schedule's zone; empty when none does. */
    Optional<DataInterval> startingOn(Schedule schedule, LocalDate day);

    /** Intervals that start from {@code from} on and before {@code until}, oldest first, at most {@code limit}. */
    List<DataInterval> starting(Schedule schedule, Instant from, Instant until, int limit);

    /** The oldest interval that ends after the instant: the next one to come due, or the one that has just begun. */
    Optional<DataInterval> nextEndingAfter(Schedule schedule, Instant instant);

    /** Intervals that come due from {@code from} on and before {@code until}, which is when they end: oldest first, at most {@code limit}. */
    default List<DataInterval> ending(Schedule schedule, Instant from, Instant until, int limit) {
        return nextEndingAfter(schedule, from.minusMillis(1)).stream()
                .flatMap(first -> starting(schedule, first.start(), until, limit).stream())
                .filter(interval -> interval.end().isBefore(until))
                .toList();
    }

    /** The newest interval that has ended by the instant. */
    Optional<DataInterval> lastEndedBy(Schedule schedule, Instant instant);
}
