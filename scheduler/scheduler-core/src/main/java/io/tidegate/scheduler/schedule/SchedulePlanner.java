package io.tidegate.scheduler.schedule;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decides which intervals of a schedule are due: a pure function of the schedule, the mark of what was decided before, and the time. */
public final class SchedulePlanner {
    private SchedulePlanner() {}

    /**
     * @param mostRuns runs made at once; what is left comes with the next call
     * @param punctual how late an interval's end may be noticed for it still to count as due now and not as missed
     */
    public record Limits(int mostRuns, Duration punctual) {
        public static final Limits DEFAULT = new Limits(50, Duration.ofMinutes(5));

        public Limits {
            Objects.requireNonNull(punctual, "punctual");
            if (mostRuns < 1 || punctual.isNegative()) {
                throw new IllegalArgumentException("schedule limits need at least one run and no negative time, not "
                        + mostRuns + " and " + punctual);
            }
        }
    }

    /**
     * @param due intervals to make runs for, oldest first
     * @param decidedUpTo the new mark: end of the newest interval that is decided once these runs are made; absent when none is
     * @param next when to look again; absent when the schedule has no interval left
     */
    public record Plan(List<DataInterval> due, Optional<Instant> decidedUpTo, Optional<Instant> next) {
        public Plan {
            due = List.copyOf(due);
            Objects.requireNonNull(decidedUpTo, "decidedUpTo");
            Objects.requireNonNull(next, "next");
        }
    }

    /**
     * @param decidedUpTo end of the newest interval that was decided before; absent for a DAG that is new
     */
    public static Plan plan(
            Schedule schedule, Optional<Instant> decidedUpTo, Instant now, LogicalTimes times, Limits limits) {
        Optional<Instant> next = times.nextEndingAfter(schedule, now).map(DataInterval::end);
        Optional<DataInterval> newest = times.lastEndedBy(schedule, now)
                .filter(interval -> decidedUpTo.isEmpty() || interval.end().isAfter(decidedUpTo.orElseThrow()));
        if (newest.isEmpty()) {
            // A new schedule gets its mark before its first interval ends, or that end would look like a missed one.
            return new Plan(List.of(), decidedUpTo.or(() -> Optional.of(now)), next);
        }
        DataInterval latest = newest.orElseThrow();
        return switch (schedule.catchup()) {
            case ALL -> all(schedule, decidedUpTo, now, times, limits, next);
            case LATEST -> new Plan(List.of(latest), Optional.of(latest.end()), next);
            case NONE -> {
                boolean missed = decidedUpTo.isEmpty()
                        || latest.end().plus(limits.punctual()).isBefore(now);
                yield new Plan(missed ? List.of() : List.of(latest), Optional.of(latest.end()), next);
            }
        };
    }

    /** How many intervals have ended since the mark, counted up to {@code most}: those that a rule of catching up has yet to decide about. */
    public static int undecided(Schedule schedule, Instant mark, Instant now, LogicalTimes times, int most) {
        return (int) times.nextEndingAfter(schedule, mark).stream()
                .flatMap(first -> times.starting(schedule, first.start(), now, most).stream())
                .filter(interval -> !interval.end().isAfter(now))
                .count();
    }

    private static Plan all(
            Schedule schedule,
            Optional<Instant> decidedUpTo,
            Instant now,
            LogicalTimes times,
            Limits limits,
            Optional<Instant> next) {
        Instant from = decidedUpTo.orElseGet(() -> beginning(schedule));
        List<DataInterval> ended = times.nextEndingAfter(schedule, from).stream()
                .flatMap(first -> times.starting(schedule, first.start(), now, limits.mostRuns() + 1).stream())
                .filter(interval -> !interval.end().isAfter(now))
                .toList();
        boolean more = ended.size() > limits.mostRuns();
        List<DataInterval> due = more ? ended.subList(0, limits.mostRuns()) : ended;
        return new Plan(due, Optional.of(due.get(due.size() - 1).end()), more ? Optional.of(now) : next);
    }

    private static Instant beginning(Schedule schedule) {
        return schedule.start().atStartOfDay(schedule.zone()).toInstant();
    }
}
