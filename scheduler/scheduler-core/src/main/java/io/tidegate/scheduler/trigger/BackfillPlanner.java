package io.tidegate.scheduler.trigger;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.backfill.Backfill.Stretch;
import io.tidegate.scheduler.backfill.Reprocess;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.view.RunViews;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which intervals a backfill has and which of them get a run. Pure, but for the times of the schedule. */
final class BackfillPlanner {
    private BackfillPlanner() {}

    /** The intervals that start in a stretch of days, oldest first; what is wrong with the stretch is added to the problems. */
    static List<DataInterval> intervals(
            DagGraph graph, Stretch stretch, LogicalTimes times, int most, List<Problem> problems) {
        Optional<Schedule> schedule = graph.definition().schedule();
        if (schedule.isEmpty()) {
            problems.add(new Problem("from", "the DAG has no schedule, so it has no intervals to backfill"));
            return List.of();
        }
        if (stretch.to().isBefore(stretch.from())) {
            problems.add(new Problem("to", stretch.to() + " is before " + stretch.from()));
            return List.of();
        }
        List<DataInterval> intervals =
                times.starting(schedule.orElseThrow(), begin(graph, stretch), end(graph, stretch), most + 1);
        if (intervals.isEmpty()) {
            problems.add(new Problem(
                    "from", "no interval of the schedule starts from " + stretch.from() + " to " + stretch.to()));
        } else if (intervals.size() > most) {
            // The newest day of which every interval is still within the limit.
            LocalDate last = intervals.get(most).startDate().minusDays(1);
            problems.add(new Problem(
                    "to",
                    "more than " + most + " intervals (backfill.most_intervals); "
                            + (last.isBefore(stretch.from())
                                    ? "a day alone has more"
                                    : "backfill in parts, the first up to " + last)));
        }
        return intervals;
    }

    /** Newest first, each interval would wait for one that comes after it. */
    static void refuseAgainstThePast(DagGraph graph, boolean backwards, List<Problem> problems) {
        if (backwards) {
            graph.definition().steps().stream()
                    .filter(step -> step.start().dependsOnPast())
                    .findFirst()
                    .ifPresent(step -> problems.add(new Problem(
                            "backwards",
                            "step " + step.id() + " depends on the interval before, so the intervals of DAG "
                                    + graph.definition().id() + " run forwards only")));
        }
    }

    /** First instant at which an interval of the stretch may start. */
    static Instant begin(DagGraph graph, Stretch stretch) {
        return stretch.from().atStartOfDay(zone(graph)).toInstant();
    }

    /** The instant before which they start. */
    static Instant end(DagGraph graph, Stretch stretch) {
        return stretch.to().plusDays(1).atStartOfDay(zone(graph)).toInstant();
    }

    private static ZoneId zone(DagGraph graph) {
        return graph.definition().schedule().orElseThrow().calendar().zone();
    }

    /**
     * Why an interval gets no run; empty when it gets one.
     *
     * @param newest the newest run it has
     */
    static Optional<String> leftOut(
            DataInterval interval, Optional<RunViews.Summary> newest, Reprocess reprocess, Instant now) {
        if (interval.end().isAfter(now)) {
            return Optional.of("it has not ended yet");
        }
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        RunState state = newest.orElseThrow().state();
        String word = state.name().toLowerCase(Locale.ROOT);
        if (!state.isTerminal()) {
            return Optional.of("it has a run that is " + word);
        }
        boolean again = switch (reprocess) {
            case NONE -> false;
            case FAILED -> state != RunState.SUCCEEDED;
            case ALL -> true;
        };
        return again
                ? Optional.empty()
                : Optional.of("it has a run that " + (state == RunState.CANCELLED ? "was " : "") + word);
    }
}
