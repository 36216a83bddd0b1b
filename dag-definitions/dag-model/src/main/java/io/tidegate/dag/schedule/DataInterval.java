package io.tidegate.dag.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * The stretch of time a run is for: from {@code start} on, up to but not including {@code end}.
 *
 * @param zone the schedule's zone, in which people name the interval
 */
public record DataInterval(Instant start, Instant end, ZoneId zone) implements Comparable<DataInterval> {
    public DataInterval {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(zone, "zone");
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("interval ends at " + end + ", not after its start " + start);
        }
    }

    public ZonedDateTime zonedStart() {
        return start.atZone(zone);
    }

    public ZonedDateTime zonedEnd() {
        return end.atZone(zone);
    }

    public LocalDate startDate() {
        return zonedStart().toLocalDate();
    }

    /**
     * The name of the interval's partition: its start's date, with the time when the interval does not start at midnight.
     * Sorts like the intervals do within one schedule.
     */
    public String partition() {
        ZonedDateTime zoned = zonedStart();
        boolean midnight = zoned.toLocalTime().toSecondOfDay() == 0;
        return midnight
                ? zoned.toLocalDate().toString()
                : zoned.toLocalDateTime().toString().replace(":", "");
    }

    @Override
    public int compareTo(DataInterval other) {
        return start.compareTo(other.start);
    }
}
