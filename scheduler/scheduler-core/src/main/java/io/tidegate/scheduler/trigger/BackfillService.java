package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.BackfillStore;
import io.tidegate.scheduler.store.BackfillStore.Due;
import io.tidegate.scheduler.store.BackfillStore.Going;
import io.tidegate.scheduler.store.BackfillStore.Moved;
import io.tidegate.scheduler.store.BackfillStore.Place;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.trigger.TriggerException.Reason;
import io.tidegate.scheduler.view.BackfillViews.PlannedInterval;
import io.tidegate.scheduler.view.BackfillViews.Preview;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Backfills: what they would do, beginning them, and making their runs as places get free. Everything is in the database, so any server goes on
 * with a backfill after another was killed; a run's trigger key is its backfill and interval, so no interval runs twice. Safe for use by several
 * threads.
 */
public final class BackfillService {
    private static final Logger LOG = System.getLogger(BackfillService.class.getName());

    private static final int PAGE = 1000;
    /** The database counts in microseconds. */
    private static final long INSTANT_AFTER = 1000;

    private final Collaborators with;
    private final InstantSource clock;
    private final int mostIntervals;

    /**
     * What it works with.
     *
     * @param graphs graphs of stored versions; throws IllegalStateException for one that cannot be read
     */
    public record Collaborators(
            CurrentDags dags,
            BackfillStore store,
            RunQueries runs,
            CommandStore commands,
            TriggerService triggers,
            LogicalTimes times,
            Function<DagVersionId, DagGraph> graphs) {
        public Collaborators {
            Objects.requireNonNull(dags, "dags");
            Objects.requireNonNull(store, "store");
            Objects.requireNonNull(runs, "runs");
            Objects.requireNonNull(commands, "commands");
            Objects.requireNonNull(triggers, "triggers");
            Objects.requireNonNull(times, "times");
            Objects.requireNonNull(graphs, "graphs");
        }
    }

    /** @param mostIntervals most intervals of one backfill */
    public BackfillService(Collaborators with, InstantSource clock, int mostIntervals) {
        this.with = Objects.requireNonNull(with, "with");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.mostIntervals = mostIntervals;
    }

    /**
     * What a backfill would do, if it began now.
     *
     * @throws TriggerException when the DAG is unknown or has no schedule, parameters do not fit, or the days hold no interval or too many
     */
    public Preview preview(DagId id, Backfill.Stretch stretch, Backfill.Manner manner, Map<String, String> parameters) {
        CurrentDag dag = require(id);
        List<PlannedInterval> planned = plan(dag, stretch, manner, parameters).stream()
                .map(Planned::view)
                .toList();
        int wouldRun = (int) planned.stream()
                .filter(interval -> interval.leftOut().isEmpty())
                .count();
        return new Preview(id.value(), dag.version().hash(), mostIntervals, planned.size(), wouldRun, planned);
    }

    /**
     * Begins a backfill; its first runs are made by the next {@link #feed}.
     *
     * @return its id
     * @throws TriggerException like {@link #preview}
     */
    public long begin(
            DagId id, Backfill.Stretch stretch, Backfill.Manner manner, Map<String, String> parameters, Audit by) {
        CurrentDag dag = require(id);
        List<Place> places = plan(dag, stretch, manner, parameters).stream()
                .map(planned -> new Place(planned.interval(), planned.leftOut()))
                .toList();
        Map<String, String> complete = with.triggers().complete(dag, parameters, new ArrayList<>());
        return with.store().create(new Backfill(dag.version(), stretch, manner, complete), places, by);
    }

    /** Makes the runs whose turn it is, and ends backfills that are done. Doing it too often, or on several servers, does no harm. */
    public synchronized boolean feed() {
        boolean made = false;
        for (Going going : with.store().going()) {
            made |= feed(going);
        }
        return made;
    }

    /**
     * Pauses, resumes or cancels.
     *
     * @param cancelRuns when cancelling: whether runs that go are cancelled, too
     * @return empty when there is no such backfill
     */
    public Optional<Moved> move(long id, BackfillState.Event event, boolean cancelRuns, Audit by) {
        Optional<Moved> moved = with.store().move(id, event, by);
        if (event == BackfillState.Event.CANCEL
                && cancelRuns
                && moved.filter(Moved::changed).isPresent()) {
            String reason = "backfill " + id + " was cancelled" + (by.reason().isEmpty() ? "" : ": " + by.reason());
            with.store().goingRuns(id).forEach(run -> cancel(run, by.actor(), reason));
        }
        return moved;
    }

    private boolean feed(Going going) {
        List<Due> due = with.store().due(going.id());
        if (due.isEmpty()) {
            with.store().finishIfDone(going.id(), clock.instant());
            return false;
        }
        DagVersionId version = going.backfill().version();
        try {
            CurrentDag dag = new CurrentDag(version, with.graphs().apply(version), false);
            due.forEach(place -> make(going, dag, place));
        } catch (IllegalStateException unreadable) {
            LOG.log(Level.ERROR, "backfill " + going.id() + " cannot go on", unreadable);
            due.forEach(place -> with.store().leaveOut(going.id(), place.place(), unreadable.getMessage()));
        }
        return true;
    }

    private void make(Going going, CurrentDag dag, Due due) {
        DataInterval interval = due.interval();
        Optional<RunViews.Summary> newest =
                with
                        .runs()
                        .newestRuns(dag.id(), interval.start(), interval.start().plusNanos(INSTANT_AFTER), 1)
                        .stream()
                        .findFirst();
        // Somebody may have made a run of the interval since the backfill began.
        Optional<String> leftOut = BackfillPlanner.leftOut(
                interval, newest, going.backfill().manner().reprocess(), clock.instant());
        if (leftOut.isPresent()) {
            with.store().leaveOut(going.id(), due.place(), leftOut.orElseThrow());
            return;
        }
        Trigger trigger =
                new Trigger(TriggerKind.BACKFILL, "backfill:" + going.id() + ":" + interval.start(), going.actor());
        RunId run = with.triggers()
                .fire(dag, trigger, Optional.of(interval), going.backfill().parameters())
                .id();
        if (!with.store().began(going.id(), due.place(), run)) {
            cancel(run, going.actor(), "backfill " + going.id() + " was cancelled");
        }
    }

    private void cancel(RunId run, String actor, String reason) {
        with.commands()
                .submit(new CommandStore.Command(
                        0, run, CommandStore.Type.CANCEL, CommandStore.Target.RUN, actor, reason));
    }

    private record Planned(DataInterval interval, Optional<RunViews.Summary> newest, Optional<String> leftOut) {
        PlannedInterval view() {
            return new PlannedInterval(
                    new RunViews.Interval(interval.start(), interval.end(), interval.partition()),
                    newest.map(RunViews.Summary::run),
                    newest.map(RunViews.Summary::state),
                    leftOut);
        }
    }

    private List<Planned> plan(
            CurrentDag dag, Backfill.Stretch stretch, Backfill.Manner manner, Map<String, String> parameters) {
        List<Problem> problems = new ArrayList<>();
        List<DataInterval> intervals =
                BackfillPlanner.intervals(dag.graph(), stretch, with.times(), mostIntervals, problems);
        with.triggers().complete(dag, parameters, problems);
        BackfillPlanner.refuseAgainstThePast(dag.graph(), manner.backwards(), problems);
        if (!problems.isEmpty()) {
            throw new TriggerException(Reason.INVALID, problems);
        }
        Map<Instant, RunViews.Summary> newest = newest(dag, intervals);
        Instant now = clock.instant();
        List<Planned> planned = new ArrayList<>();
        for (DataInterval interval : intervals) {
            Optional<RunViews.Summary> run = Optional.ofNullable(newest.get(interval.start()));
            planned.add(new Planned(interval, run, BackfillPlanner.leftOut(interval, run, manner.reprocess(), now)));
        }
        if (manner.backwards()) {
            Collections.reverse(planned);
        }
        return planned;
    }

    /** Intervals of an earlier schedule may lie between those of today: pages go on until the last one is looked at. */
    private Map<Instant, RunViews.Summary> newest(CurrentDag dag, List<DataInterval> intervals) {
        Map<Instant, RunViews.Summary> newest = new HashMap<>();
        Instant from = intervals.get(0).start();
        Instant until = intervals.get(intervals.size() - 1).start().plusNanos(INSTANT_AFTER);
        List<RunViews.Summary> page;
        do {
            page = with.runs().newestRuns(dag.id(), from, until, PAGE);
            for (RunViews.Summary run : page) {
                Instant start = run.interval().orElseThrow().start();
                newest.put(start, run);
                from = start.plusNanos(INSTANT_AFTER);
            }
        } while (page.size() == PAGE);
        return newest;
    }

    private CurrentDag require(DagId id) {
        return with.dags()
                .find(id)
                .orElseThrow(() ->
                        new TriggerException(Reason.UNKNOWN_DAG, List.of(new Problem("dag", "there is no DAG " + id))));
    }
}
