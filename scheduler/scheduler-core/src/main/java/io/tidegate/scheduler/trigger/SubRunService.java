package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.store.SubRunStore;
import io.tidegate.scheduler.store.SubRunStore.Caller;
import io.tidegate.scheduler.store.SubRunStore.Origin;
import io.tidegate.scheduler.store.SubRunStore.Ties;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.trigger.TriggerException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the runs that steps of other runs ask for. Asked twice for the same attempt it gives the same run, also when it was killed in
 * between: the run's trigger key is the attempt's launch key. Safe for use by several threads.
 */
public final class SubRunService {
    /** A DAG without a schedule says nothing of overlaps: its runs are independent calls. */
    private static final Overlap SIDE_BY_SIDE = new Overlap(Overlap.Policy.PARALLEL, 10_000);

    private final SubRunStore store;
    private final TriggerService triggers;
    private final LogicalTimes times;

    public SubRunService(SubRunStore store, TriggerService triggers, LogicalTimes times) {
        this.store = Objects.requireNonNull(store, "store");
        this.triggers = Objects.requireNonNull(triggers, "triggers");
        this.times = Objects.requireNonNull(times, "times");
    }

    /**
     * The run of an attempt: the one it has, or the one that its predecessor left unfinished, or a new one of the DAG's current version.
     *
     * @throws TriggerException when the DAG is unknown, would run itself, has other intervals, or the parameters do not fit it
     */
    public RunId start(Caller caller, DagId dag, Map<String, String> parameters, Ties ties) {
        List<SubRunStore.SubRun> known = store.find(List.of(caller.key()));
        if (!known.isEmpty()) {
            return known.get(0).run();
        }
        CurrentDag target = triggers.require(dag);
        Origin origin = store.origin(caller.run())
                .orElseThrow(() -> new IllegalArgumentException("there is no run " + caller.run()));
        List<Problem> problems = new ArrayList<>();
        refuseRecursion(dag, origin, problems);
        Optional<Schedule> schedule = target.outline().schedule();
        Optional<DataInterval> interval = schedule.flatMap(of -> interval(dag, of, origin, problems));
        Map<String, String> values = triggers.complete(target, parameters, problems);
        if (!problems.isEmpty()) {
            throw new TriggerException(Reason.INVALID, problems);
        }
        Trigger trigger = new Trigger(
                TriggerKind.DAG,
                "step:" + caller.key(),
                "step " + caller.step() + " of run " + caller.run() + " of "
                        + origin.dags().get(0));
        Run wanted = triggers.queued(target, trigger, interval, values);
        Optional<RunId> unfinished = store.goOn(caller, ties, wanted);
        if (unfinished.isPresent()) {
            return unfinished.get();
        }
        RunId made = triggers.create(
                        target, wanted, schedule.map(Schedule::overlap).orElse(SIDE_BY_SIDE))
                .id();
        store.tie(caller, ties, made);
        return made;
    }

    /** Files are checked when they are saved; this holds for DAGs that were changed since the outer run began. */
    private static void refuseRecursion(DagId dag, Origin origin, List<Problem> problems) {
        int at = origin.dags().indexOf(dag);
        if (at >= 0) {
            List<DagId> way = new ArrayList<>(origin.dags().subList(0, at + 1));
            Collections.reverse(way);
            problems.add(new Problem(
                    "dag",
                    "DAG " + dag + " would run itself: "
                            + way.stream().map(DagId::value).collect(Collectors.joining(" runs ")) + " runs " + dag));
        }
    }

    private Optional<DataInterval> interval(DagId dag, Schedule schedule, Origin origin, List<Problem> problems) {
        if (origin.interval().isEmpty()) {
            problems.add(new Problem(
                    "dag",
                    "DAG " + dag + " has a schedule, so its runs are for an interval, and this run is for none;"
                            + " give this DAG the same schedule, or take the other one's away"));
            return Optional.empty();
        }
        DataInterval wanted = origin.interval().get();
        boolean has = times.starting(schedule, wanted.start(), wanted.start().plusMillis(1), 1).stream()
                .anyMatch(interval -> interval.end().equals(wanted.end()));
        if (!has) {
            problems.add(new Problem(
                    "dag",
                    "DAG " + dag + " has no interval from " + wanted.zonedStart() + " to " + wanted.zonedEnd()
                            + ": its schedule is " + schedule.describe()
                            + "; give both DAGs the same schedule, or take the other one's away"));
        }
        return origin.interval();
    }
}
