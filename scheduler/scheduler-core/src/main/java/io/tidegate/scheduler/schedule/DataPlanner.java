package io.tidegate.scheduler.schedule;

import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.DataCondition.Source;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.store.ArrivalReads.Arrived;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Decides which intervals of a schedule that waits for data are due. Pure, but for the times of the schedule. */
public final class DataPlanner {
    /** How many intervals are looked at: the oldest that have no run. */
    public static final int MOST_INTERVALS = 1_000;

    private DataPlanner() {}

    /**
     * @param due intervals to make runs for, oldest first
     * @param decidedUpTo end of the newest interval before which none waits once these runs are made; absent when nothing moves
     * @param waiting intervals whose data is not there, oldest first
     */
    public record Plan(List<DataInterval> due, Optional<Instant> decidedUpTo, List<Waiting> waiting) {
        public Plan {
            due = List.copyOf(due);
            Objects.requireNonNull(decidedUpTo, "decidedUpTo");
            waiting = List.copyOf(waiting);
        }
    }

    /** An interval, and those of its datasets that are not there. */
    public record Waiting(DataInterval interval, List<Source> missing) {
        public Waiting {
            Objects.requireNonNull(interval, "interval");
            missing = List.copyOf(missing);
        }
    }

    /** The instant from which on a DAG that was never looked at waits for intervals to start, by its catch-up rule. */
    public static Instant beginning(Schedule schedule, Instant now, LogicalTimes times) {
        Optional<DataInterval> newest = times.lastEndedBy(schedule, now);
        Catchup catchup = schedule.catchup();
        return switch (catchup.mode()) {
            case NONE ->
                newest.map(DataInterval::end).orElse(schedule.calendar().beginning());
            case LATEST ->
                newest.map(DataInterval::start).orElse(schedule.calendar().beginning());
            case ALL -> newestOf(schedule, newest, catchup.limit(), times);
        };
    }

    private static Instant newestOf(
            Schedule schedule, Optional<DataInterval> newest, OptionalInt limit, LogicalTimes times) {
        return newest.filter(interval -> limit.isPresent())
                .flatMap(interval -> times.shift(schedule, interval, 1 - limit.getAsInt()))
                .map(DataInterval::start)
                .orElse(schedule.calendar().beginning());
    }

    /** Intervals that have begun since the mark, the oldest first. */
    public static List<DataInterval> open(Schedule schedule, Instant mark, Instant now, LogicalTimes times) {
        return times.starting(schedule, mark, now, MOST_INTERVALS);
    }

    /**
     * @param open intervals since the mark, in order
     * @param scheduled starts of those that have a run
     * @param arrived the data that is there
     */
    public static Plan plan(
            DataCondition condition, List<DataInterval> open, Set<Instant> scheduled, Set<Arrived> arrived) {
        List<DataInterval> due = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        Optional<Instant> decided = Optional.empty();
        for (DataInterval interval : open) {
            if (!scheduled.contains(interval.start())) {
                if (condition.holds(source -> isThere(arrived, source, interval))) {
                    due.add(interval);
                } else {
                    waiting.add(new Waiting(
                            interval,
                            condition.sources().stream()
                                    .filter(source -> !isThere(arrived, source, interval))
                                    .toList()));
                }
            }
            if (waiting.isEmpty()) {
                decided = Optional.of(interval.end());
            }
        }
        return new Plan(due, decided, waiting);
    }

    private static boolean isThere(Set<Arrived> arrived, Source source, DataInterval interval) {
        return arrived.contains(new Arrived(source, interval.partition()));
    }
}
