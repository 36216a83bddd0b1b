package io.tidegate.steps.contract;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * The stretch of data time a run is for.
 *
 * @param start first instant, inclusive, with the offset of the DAG's zone at that instant
 * @param end first instant that is no longer part of it, likewise
 */
public record Interval(OffsetDateTime start, OffsetDateTime end) {
    public Interval {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        if (!end.isAfter(start)) {
            throw new StepFailure("the interval ends at " + end + ", which is not after its start " + start);
        }
    }

    /** The day it starts on, as the clocks of the DAG's zone show it. */
    public LocalDate firstDay() {
        return start.toLocalDate();
    }

    /** The first day that is no longer part of it; for an interval that ends within a day, the day after. */
    public LocalDate endDay() {
        LocalDate day = end.toLocalDate();
        return end.toLocalTime().toSecondOfDay() == 0 ? day : day.plusDays(1);
    }
}
