package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.RunStore.CreatedRun;
import io.tidegate.scheduler.store.RunStore.NewRun;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.trigger.TriggerException.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes runs. Firing the same trigger key twice gives one run. Safe for use by several threads. */
public final class TriggerService {
    private final RunStore runs;
    private final CurrentDags dags;
    private final LogicalTimes times;
    private final InstantSource clock;
    private final RunIds ids;

    public TriggerService(RunStore runs, CurrentDags dags, LogicalTimes times, InstantSource clock, RunIds ids) {
        this.runs = Objects.requireNonNull(runs, "runs");
        this.dags = Objects.requireNonNull(dags, "dags");
        this.times = Objects.requireNonNull(times, "times");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.ids = Objects.requireNonNull(ids, "ids");
    }

    /**
     * Makes the run of an interval unless the trigger key has one.
     *
     * @throws TriggerException when parameters do not fit the DAG, with all that is wrong
     */
    public CreatedRun fire(
            CurrentDag dag, Trigger trigger, Optional<DataInterval> interval, Map<String, String> parameters) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> values = parameters(dag, parameters, problems);
        refuseIfAny(problems);
        return create(dag, ids.next(), trigger, interval, values);
    }

    /**
     * The run that a schedule makes of an interval, not made yet.
     *
     * @throws TriggerException when the DAG's own defaults do not fit it, with all that is wrong
     */
    NewRun scheduled(CurrentDag dag, Schedule schedule, DataInterval interval) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> values = parameters(dag, Map.of(), problems);
        refuseIfAny(problems);
        Trigger trigger = new Trigger(TriggerKind.SCHEDULE, "schedule:" + interval.start(), "schedule");
        Run run = queued(dag, trigger, Optional.of(interval), values);
        return new NewRun(run, dag.outline().order(), schedule.overlap());
    }

    /**
     * Makes those of the runs whose trigger keys have none yet, and moves the marks of schedules forwards, all or nothing.
     *
     * @param decidedUpTo the marks: up to where each schedule is decided once these runs are there
     */
    void create(List<NewRun> wanted, Map<DagId, Instant> decidedUpTo) {
        runs.createIfAbsent(wanted, decidedUpTo);
    }

    /**
     * Makes a run because a person asks for it; each call makes one.
     *
     * @param day first day of the interval to run; absent means the newest interval that has ended
     * @throws TriggerException when the DAG is unknown, the schedule has no such interval or parameters do not fit
     */
    public CreatedRun manual(DagId id, Optional<LocalDate> day, Map<String, String> parameters, String actor) {
        CurrentDag dag = require(id);
        List<Problem> problems = new ArrayList<>();
        Optional<DataInterval> interval = interval(dag.outline(), day, problems);
        Map<String, String> values = parameters(dag, parameters, problems);
        refuseIfAny(problems);
        RunId run = ids.next();
        return create(dag, run, new Trigger(TriggerKind.MANUAL, "manual:" + run, actor), interval, values);
    }

    /** What of a run's parameters does not fit a DAG as it is now; values of parameters that it no longer declares are left out of account. */
    public List<Problem> misfits(CurrentDag dag, Map<String, String> values) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> declared = new LinkedHashMap<>(values);
        declared.keySet()
                .retainAll(
                        dag.outline().parameters().stream().map(Parameter::name).toList());
        parameters(dag, declared, problems);
        return problems;
    }

    CurrentDag require(DagId id) {
        return dags.find(id).orElseThrow(() -> {
            List<String> names =
                    dags.all().stream().map(dag -> dag.id().value()).toList();
            String meant = NearestName.of(id.value(), names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            return new TriggerException(
                    Reason.UNKNOWN_DAG, List.of(new Problem("dag", "there is no DAG " + id + meant)));
        });
    }

    /** Every declared parameter with the value it gets; what does not fit is added to the problems. */
    Map<String, String> complete(CurrentDag dag, Map<String, String> given, List<Problem> problems) {
        return parameters(dag, given, problems);
    }

    private static Map<String, String> parameters(CurrentDag dag, Map<String, String> given, List<Problem> problems) {
        return new ParameterValues(dag.outline().parameters(), given).complete(problems);
    }

    private Optional<DataInterval> interval(DagOutline outline, Optional<LocalDate> day, List<Problem> problems) {
        Optional<Schedule> schedule = outline.schedule();
        if (schedule.isEmpty()) {
            day.ifPresent(
                    date -> problems.add(new Problem("interval", "the DAG has no schedule, so it has no intervals")));
            return Optional.empty();
        }
        Schedule declared = schedule.orElseThrow();
        Instant now = clock.instant();
        Optional<DataInterval> found =
                day.isPresent() ? times.startingOn(declared, day.orElseThrow()) : times.lastEndedBy(declared, now);
        if (found.isEmpty()) {
            problems.add(new Problem(
                    "interval",
                    day.map(date -> noInterval(declared, date))
                            .orElse("no interval of the schedule has ended yet; name one")));
        } else if (found.orElseThrow().start().isAfter(now)) {
            problems.add(new Problem("interval", "the interval of " + day.orElseThrow() + " has not begun"));
        }
        return found;
    }

    private String noInterval(Schedule schedule, LocalDate day) {
        Instant start = day.atStartOfDay(schedule.calendar().zone()).toInstant();
        String near = times.nextEndingAfter(schedule, start)
                .map(interval -> "; one starts on " + interval.startDate())
                .orElse("");
        String end =
                schedule.calendar().end().map(date -> " and before " + date).orElse("");
        return "no interval of '" + schedule.timing().describe() + "' from "
                + schedule.calendar().start() + " on" + end + " starts on " + day + near;
    }

    private CreatedRun create(
            CurrentDag dag, RunId id, Trigger trigger, Optional<DataInterval> interval, Map<String, String> values) {
        Overlap overlap = dag.outline().schedule().map(Schedule::overlap).orElse(Overlap.QUEUED);
        return create(dag, queued(id, dag, trigger, interval, values), overlap);
    }

    CreatedRun create(CurrentDag dag, Run run, Overlap overlap) {
        return runs.createIfAbsent(run, dag.outline().order(), overlap);
    }

    /** A run that is not made yet. */
    Run queued(CurrentDag dag, Trigger trigger, Optional<DataInterval> interval, Map<String, String> values) {
        return queued(ids.next(), dag, trigger, interval, values);
    }

    private Run queued(
            RunId id, CurrentDag dag, Trigger trigger, Optional<DataInterval> interval, Map<String, String> values) {
        Run.Progress progress =
                new Run.Progress(RunState.QUEUED, clock.instant(), Optional.empty(), Optional.empty(), "");
        return new Run(id, dag.version(), trigger, interval, values, progress);
    }

    private static void refuseIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new TriggerException(Reason.INVALID, problems);
        }
    }
}
