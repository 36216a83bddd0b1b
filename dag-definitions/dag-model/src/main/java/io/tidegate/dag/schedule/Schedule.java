package io.tidegate.dag.schedule;

import java.util.Objects;

/**
 * When a DAG runs. A run is for the interval between two consecutive times and is due at the interval's end.
 *
 * @param timing which times divide the intervals
 * @param calendar the days they are for
 * @param catchup what happens with intervals that passed before the DAG was there or while it was paused
 * @param overlap what happens when a run is due while an earlier one is going
 */
public record Schedule(Timing timing, Calendar calendar, Catchup catchup, Overlap overlap) {
    public Schedule {
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(calendar, "calendar");
        Objects.requireNonNull(catchup, "catchup");
        Objects.requireNonNull(overlap, "overlap");
    }

    /** How people read it: the times and the zone. */
    public String describe() {
        return timing.describe() + " " + calendar.zone();
    }
}
