package io.tidegate.dag.schedule;

import java.util.Objects;
import java.util.Optional;

/**
 * When a DAG runs. A run is for the interval between two consecutive times and is due at the interval's end.
 *
 * @param timing which times divide the intervals
 * @param calendar the days they are for
 * @param catchup what happens with intervals that passed before the DAG was there or while it was paused
 * @param overlap what happens when a run is due while an earlier one is going
 * @param data which data an interval waits for, instead of its end; absent for a schedule that goes by time alone
 */
public record Schedule(
        Timing timing, Calendar calendar, Catchup catchup, Overlap overlap, Optional<DataCondition> data) {
    public Schedule {
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(calendar, "calendar");
        Objects.requireNonNull(catchup, "catchup");
        Objects.requireNonNull(overlap, "overlap");
        Objects.requireNonNull(data, "data");
    }

    /** A schedule that goes by time alone. */
    public Schedule(Timing timing, Calendar calendar, Catchup catchup, Overlap overlap) {
        this(timing, calendar, catchup, overlap, Optional.empty());
    }

    /** How people read it: the times and the zone, and the data. */
    public String describe() {
        return timing.describe() + " " + calendar.zone()
                + data.map(condition -> ", with " + condition.describe()).orElse("");
    }
}
