package io.tidegate.dag.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The days that a schedule is for.
 *
 * @param zone zone in which days and times are read
 * @param start first day on which an interval may start
 * @param end day from which on no interval starts; absent means for ever
 * @param excluded days without a run: a time that falls on one does not divide intervals, so that the next run is for the longer interval and
 *     no data is left out
 */
public record Calendar(ZoneId zone, LocalDate start, Optional<LocalDate> end, SortedSet<LocalDate> excluded) {
    public Calendar {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
        if (end.isPresent() && !end.get().isAfter(start)) {
            throw new IllegalArgumentException(
                    "schedule ends on " + end.get() + ", which is not after its start " + start);
        }
    }

    /** A calendar without excluded days. */
    public static Calendar of(ZoneId zone, LocalDate start, Optional<LocalDate> end) {
        return new Calendar(zone, start, end, Collections.emptySortedSet());
    }

    /** The instant with which the first day begins. */
    public Instant beginning() {
        return start.atStartOfDay(zone).toInstant();
    }

    /** Whether an interval may start at the instant. */
    public boolean allows(Instant intervalStart) {
        return !intervalStart.isBefore(beginning()) && !isOver(intervalStart);
    }

    /** Whether the instant is on the end day or after it. */
    public boolean isOver(Instant instant) {
        return end.filter(day -> !instant.atZone(zone).toLocalDate().isBefore(day))
                .isPresent();
    }
}
