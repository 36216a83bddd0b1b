package io.tidegate.scheduler.view;

import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.schedule.DataPlanner;
import io.tidegate.scheduler.schedule.LogicalTimes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DAGs as people see them. */
public final class DagViews {
    private DagViews() {}

    /**
     * Why and since when a schedule rests, and what it missed meanwhile.
     *
     * @param at absent, like actor and reason, when it was paused before such things were written down
     * @param missedIntervals intervals that have ended and are not decided, counted up to 1000
     * @param dueRuns runs that unpausing would make at once, by the schedule's catch-up rule; what is more comes after them
     */
    public record Pause(
            Optional<Instant> at, Optional<String> actor, Optional<String> reason, int missedIntervals, int dueRuns) {}

    /**
     * A schedule that runs everything it missed, while it is behind.
     *
     * @param intervals that have ended and have no run yet, counted up to 1000
     * @param mostWaiting how many of its runs wait at a time; more are made as these go
     */
    public record CatchingUp(int intervals, int mostWaiting) {}

    /** A line of a DAG's history: what a person did to it. */
    public record DagEventView(long id, Instant at, String type, String actor, String reason) {}

    /**
     * @param nextRun when the next scheduled run is due
     * @param recentRuns newest first, at most 25
     */
    public record Summary(
            String dag,
            String version,
            Optional<String> title,
            Optional<String> owner,
            List<String> tags,
            Optional<String> schedule,
            boolean paused,
            Optional<Pause> pause,
            Optional<CatchingUp> catchingUp,
            Optional<Instant> nextRun,
            List<RunViews.Summary> recentRuns) {}

    /** One DAG with its declared graph. */
    public record Detail(
            Summary summary,
            Optional<String> description,
            List<StepView> steps,
            List<RunViews.EdgeView> edges,
            List<ParameterView> parameters,
            List<VersionView> versions,
            List<DagEventView> events,
            String source) {}

    /** A declared step. */
    public record StepView(
            String step,
            String kind,
            String executor,
            List<String> inputs,
            List<String> outputs,
            Optional<String> model) {}

    /**
     * A declared parameter.
     *
     * @param defaultValue text as a run would give it; a list with commas between its items
     * @param minimum of a number, a date or a duration, or how many items a list has at least; as a value is written
     * @param maximum as minimum
     * @param pattern regular expression for the whole text, or for each item of a list
     * @param choices values, or items of a list, that are allowed; any when empty
     */
    public record ParameterView(
            String name,
            String type,
            Optional<String> defaultValue,
            Optional<String> minimum,
            Optional<String> maximum,
            Optional<String> pattern,
            List<String> choices,
            Optional<String> description) {}

    /**
     * A version that was current at some time.
     *
     * @param number counts the versions of the DAG, from 1 on, in the order in which they were taken in
     */
    public record VersionView(String version, long number, Instant createdAt, boolean current) {}

    /**
     * What is different between two versions of a DAG.
     *
     * @param from the version before; absent for the first one, which is compared with nothing
     */
    public record VersionChanges(Optional<VersionView> from, VersionView to, List<VersionChange> changes) {}

    /**
     * One difference.
     *
     * @param kind {@code added}, {@code removed} or {@code changed}
     * @param path what it is about, for example {@code steps.refit.timeout}
     * @param text the change as a person would say it
     */
    public record VersionChange(
            String kind, String path, Optional<Object> before, Optional<Object> after, String text) {}

    /** A DAG file that cannot be read. */
    public record FileProblem(String file, int line, int column, String message, Optional<String> suggestion) {}

    /**
     * What a schedule does.
     *
     * @param schedule its words
     * @param fires in the order of time
     * @param more whether there are further ones
     * @param data which data an interval waits for; absent for a schedule that goes by time alone
     * @param waiting the oldest intervals that wait for data now
     */
    public record Fires(
            String schedule,
            String zone,
            List<FireView> fires,
            boolean more,
            Optional<String> data,
            List<WaitingView> waiting) {
        /** The years that people write. */
        public static final Instant BEGINNING_OF_TIME = Instant.parse("0001-01-01T00:00:00Z");

        public static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

        public Fires {
            fires = List.copyOf(fires);
            waiting = List.copyOf(waiting);
        }

        /** The same, with what it waits for now. */
        public Fires waitingFor(List<DataPlanner.Waiting> now) {
            return new Fires(
                    schedule,
                    zone,
                    fires,
                    more,
                    data,
                    now.stream().map(WaitingView::of).toList());
        }

        /** The runs that come due from {@code from} on and before {@code until}, at most {@code limit}. */
        public static Fires of(Schedule schedule, LogicalTimes times, Instant from, Instant until, int limit) {
            List<DataInterval> intervals = times.ending(schedule, from, until, limit + 1);
            return new Fires(
                    schedule.timing().describe(),
                    schedule.calendar().zone().getId(),
                    intervals.stream().limit(limit).map(FireView::of).toList(),
                    intervals.size() > limit,
                    schedule.data().map(DataCondition::describe),
                    List.of());
        }
    }

    /**
     * An interval that waits for data.
     *
     * @param missing the datasets without a partition for it
     */
    public record WaitingView(String partition, List<String> missing) {
        static WaitingView of(DataPlanner.Waiting waiting) {
            return new WaitingView(
                    waiting.interval().partition(),
                    waiting.missing().stream().map(Object::toString).toList());
        }
    }

    /**
     * One run that a schedule makes; all times in the schedule's zone.
     *
     * @param fire when it is due
     * @param partition what its interval is called
     */
    public record FireView(
            OffsetDateTime fire, OffsetDateTime intervalStart, OffsetDateTime intervalEnd, String partition) {
        static FireView of(DataInterval interval) {
            OffsetDateTime end = interval.zonedEnd().toOffsetDateTime();
            return new FireView(end, interval.zonedStart().toOffsetDateTime(), end, interval.partition());
        }
    }

    /**
     * The server itself.
     *
     * @param installation what the jobs that it starts are marked with; the same for all servers of one database
     */
    public record Server(
            String version,
            String node,
            String installation,
            Instant startedAt,
            String home,
            String database,
            List<String> dagFolders,
            Map<String, String> loops) {}
}
