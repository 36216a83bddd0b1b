package io.tidegate.dag.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * When a DAG runs. A run is for the interval between two consecutive cron instants and is due at the interval's end.
 *
 * @param cron five-field Unix cron expression
 * @param zone zone in which the cron fields are read
 * @param start first day on which an interval may start
 * @param end day from which on no interval starts; absent means for ever
 * @param catchup what happens with intervals that passed before the DAG was there or while it was paused
 * @param overlap what happens when a run is due while an earlier one is going
 */
public record Schedule(
        String cron, ZoneId zone, LocalDate start, Optional<LocalDate> end, Catchup catchup, Overlap overlap) {
    public Schedule {
        Objects.requireNonNull(cron, "cron");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(catchup, "catchup");
        Objects.requireNonNull(overlap, "overlap");
        if (end.isPresent() && !end.get().isAfter(start)) {
            throw new IllegalArgumentException(
                    "schedule ends on " + end.get() + ", which is not after its start " + start);
        }
    }
}
