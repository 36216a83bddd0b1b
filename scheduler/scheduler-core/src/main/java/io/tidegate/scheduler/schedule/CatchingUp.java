package io.tidegate.scheduler.schedule;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.schedule.SchedulePlanner.Limits;
import io.tidegate.scheduler.schedule.SchedulePlanner.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which of the intervals that ended since the last look are due now, when all of them run: as many as a look may take, the oldest first. */
record CatchingUp(Schedule schedule, Instant now, LogicalTimes times, Limits limits) {
    /**
     * @param decidedUpTo end of the newest interval that was decided before; absent for a DAG that is new
     * @param latest the newest interval that has ended, not decided yet
     * @param next when the interval after it ends; absent when there is none
     */
    Plan plan(Optional<Instant> decidedUpTo, DataInterval latest, Optional<Instant> next) {
        DataInterval oldest = oldest(decidedUpTo, latest);
        Optional<Duration> spread = schedule.catchup().spread().filter(pause -> limits.isMissed(oldest, now));
        int most = spread.isPresent() ? 1 : limits.mostRuns();
        List<DataInterval> ended = times.starting(schedule, oldest.start(), now, most + 1).stream()
                .filter(interval -> !interval.end().isAfter(now))
                .toList();
        List<DataInterval> due = ended.subList(0, Math.min(most, ended.size()));
        Optional<Instant> mark = Optional.of(due.get(due.size() - 1).end());
        if (ended.size() <= most) {
            return new Plan(due, mark, next);
        }
        return new Plan(due, mark, Optional.of(spread.map(now::plus).orElse(now)));
    }

    /** The first one that is not decided yet, or, where fewer may run, the first of these. */
    private DataInterval oldest(Optional<Instant> decidedUpTo, DataInterval latest) {
        Instant from = decidedUpTo.orElseGet(schedule.calendar()::beginning);
        DataInterval first = times.nextEndingAfter(schedule, from).orElse(latest);
        if (schedule.catchup().limit().isEmpty()) {
            return first;
        }
        int before = schedule.catchup().limit().getAsInt() - 1;
        return times.shift(schedule, latest, -before)
                .filter(limited -> limited.start().isAfter(first.start()))
                .orElse(first);
    }
}
