package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.schedule.DataPlanner;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.schedule.SchedulePlanner;
import io.tidegate.scheduler.schedule.SchedulePlanner.Limits;
import io.tidegate.scheduler.schedule.SchedulePlanner.Plan;
import io.tidegate.scheduler.schedule.WakeUps;
import io.tidegate.scheduler.store.ArrivalReads;
import io.tidegate.scheduler.store.ArrivalReads.Arrived;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the runs that schedules ask for. Woken too often it does nothing: what is due is computed from the database's mark, and a run's trigger
 * key is its interval. Woken late, or after a restart, it finds what was missed and follows the schedule's catch-up rule. Safe for use by several
 * threads and on several nodes.
 */
public final class ScheduleService implements WakeUps.Sleeper {
    private static final Logger LOG = System.getLogger(ScheduleService.class.getName());
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    /** How long it may take until a server notices that people let a schedule go on at another one, which has died since. */
    private static final Duration WHILE_PAUSED = Duration.ofMinutes(5);

    private final Collaborators with;
    private final WakeUps wakeUps;
    private final InstantSource clock;
    private final Limits limits;

    /** What it works with. */
    public record Collaborators(
            CurrentDags dags,
            DagStore store,
            TriggerService triggers,
            OverlapRule overlap,
            CatchUpGuard guard,
            ArrivalReads arrivals,
            LogicalTimes times) {
        public Collaborators {
            Objects.requireNonNull(dags, "dags");
            Objects.requireNonNull(store, "store");
            Objects.requireNonNull(triggers, "triggers");
            Objects.requireNonNull(overlap, "overlap");
            Objects.requireNonNull(guard, "guard");
            Objects.requireNonNull(arrivals, "arrivals");
            Objects.requireNonNull(times, "times");
        }
    }

    public ScheduleService(Collaborators with, WakeUps wakeUps, InstantSource clock, Limits limits) {
        this.with = Objects.requireNonNull(with, "with");
        this.wakeUps = Objects.requireNonNull(wakeUps, "wakeUps");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /** Looks at every DAG: at start, and after DAG files were read again. */
    public void wakeAll() {
        with.dags().all().forEach(dag -> wake(dag.id()));
    }

    /**
     * Makes the runs of a DAG that are due and sets the next wake-up: when the clock says so, and when the DAG was changed or unpaused. Trouble is
     * logged and tried again; it never reaches the caller.
     */
    @Override
    public void wake(DagId id) {
        try {
            with.dags()
                    .find(id)
                    .flatMap(dag -> dag.paused() ? whilePaused(dag) : makeDueRuns(dag))
                    .ifPresentOrElse(next -> wakeUps.set(id, next), () -> wakeUps.clear(id));
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "The schedule of " + id + " waits for the database: " + e.getMessage());
            wakeUps.set(id, clock.instant().plus(AFTER_TROUBLE));
        } catch (TriggerException e) {
            // The definition's own defaults do not fit; only a new version of the DAG can mend it, and that wakes
            // again.
            LOG.log(Level.ERROR, "The schedule of " + id + " cannot make its run: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "The schedule of " + id + " failed and is tried again in " + AFTER_TROUBLE.toSeconds() + " s",
                    e);
            wakeUps.set(id, clock.instant().plus(AFTER_TROUBLE));
        }
    }

    /** Whichever server lets the schedule go on wakes it there; the others must not rely on that server. */
    private Optional<Instant> whilePaused(CurrentDag dag) {
        return schedule(dag)
                .filter(schedule -> schedule.data().isEmpty())
                .map(schedule -> clock.instant().plus(WHILE_PAUSED));
    }

    /** Looks at the DAGs whose schedules wait for data: data may have arrived. */
    public void wakeForData() {
        with.dags().all().stream()
                .filter(dag -> schedule(dag).flatMap(Schedule::data).isPresent())
                .forEach(dag -> wake(dag.id()));
    }

    /** What a schedule waits for that goes by data: the oldest intervals that have begun and have no run, at most {@code limit}. */
    public List<DataPlanner.Waiting> waiting(CurrentDag dag, int limit) {
        return schedule(dag)
                .flatMap(schedule -> schedule.data().map(condition -> dataPlan(dag, schedule, condition)))
                .map(plan -> plan.waiting().stream().limit(limit).toList())
                .orElse(List.of());
    }

    private DataPlanner.Plan dataPlan(CurrentDag dag, Schedule schedule, DataCondition condition) {
        Instant now = clock.instant();
        Instant mark = with.store()
                .scheduledUpTo(dag.id())
                .orElseGet(() -> DataPlanner.beginning(schedule, now, with.times()));
        List<DataInterval> open = DataPlanner.open(schedule, mark, now, with.times());
        if (open.isEmpty()) {
            return new DataPlanner.Plan(List.of(), Optional.of(mark), List.of());
        }
        Set<Instant> scheduled = with.arrivals().scheduled(dag.id(), mark, now);
        Set<Arrived> arrived = with.arrivals()
                .arrived(
                        condition.sources(),
                        open.stream().map(DataInterval::partition).toList());
        DataPlanner.Plan plan = DataPlanner.plan(condition, open, scheduled, arrived);
        return plan.decidedUpTo().isPresent()
                ? plan
                : new DataPlanner.Plan(plan.due(), Optional.of(mark), plan.waiting());
    }

    /** Runs whose data is there; whoever tells of arrivals wakes again. */
    private Optional<Instant> makeRunsOfData(CurrentDag dag, Schedule schedule, DataCondition condition) {
        DataPlanner.Plan plan = dataPlan(dag, schedule, condition);
        int room = with.guard().room(dag.id(), schedule, plan.due());
        plan.due().subList(0, room).forEach(interval -> makeRun(dag, schedule, interval));
        if (room < plan.due().size()) {
            return Optional.of(clock.instant().plus(CatchUpGuard.AGAIN));
        }
        with.store().advanceSchedule(dag.id(), plan.decidedUpTo().orElseThrow());
        return Optional.empty();
    }

    /** When the next scheduled run of the DAG is due; empty when it is paused, waits for data, has no schedule or no interval left. */
    public Optional<Instant> nextRun(CurrentDag dag) {
        return dag.paused()
                ? Optional.empty()
                : schedule(dag)
                        .filter(schedule -> schedule.data().isEmpty())
                        .flatMap(schedule -> with.times().nextEndingAfter(schedule, clock.instant()))
                        .map(DataInterval::end);
    }

    /** What passed of the schedule without a decision, and what would be made of it now if the DAG is not paused. */
    public Undecided undecided(CurrentDag dag) {
        Optional<Instant> mark = with.store().scheduledUpTo(dag.id());
        if (schedule(dag).filter(schedule -> schedule.data().isEmpty()).isEmpty() || mark.isEmpty()) {
            return Undecided.NOTHING;
        }
        Schedule schedule = schedule(dag).orElseThrow();
        Instant now = clock.instant();
        int intervals =
                SchedulePlanner.undecided(schedule, mark.orElseThrow(), now, with.times(), Undecided.MOST_COUNTED);
        return new Undecided(
                intervals,
                SchedulePlanner.plan(schedule, mark, now, with.times(), limits)
                        .due()
                        .size());
    }

    /** How far a schedule that runs everything it missed is behind; empty when it is paused, keeps up, or leaves the past alone. */
    public Optional<Undecided> catchingUp(CurrentDag dag) {
        if (dag.paused() || schedule(dag).filter(CatchUpGuard::applies).isEmpty()) {
            return Optional.empty();
        }
        // One interval has just ended, and its run is on its way.
        return Optional.of(undecided(dag)).filter(behind -> behind.intervals() > 1);
    }

    /**
     * @param intervals how many ended without a decision, counted up to {@link #MOST_COUNTED}
     * @param dueRuns how many runs the catch-up rule makes of them at once
     */
    public record Undecided(int intervals, int dueRuns) {
        public static final int MOST_COUNTED = 1000;
        static final Undecided NOTHING = new Undecided(0, 0);
    }

    private Optional<Instant> makeDueRuns(CurrentDag dag) {
        return schedule(dag).flatMap(schedule -> {
            if (schedule.data().isPresent()) {
                return makeRunsOfData(dag, schedule, schedule.data().get());
            }
            Optional<Instant> mark = with.store().scheduledUpTo(dag.id());
            Plan plan = SchedulePlanner.plan(schedule, mark, clock.instant(), with.times(), limits);
            int room = with.guard().room(dag.id(), schedule, plan.due());
            for (DataInterval interval : plan.due().subList(0, room)) {
                makeRun(dag, schedule, interval);
                // The mark follows each run, so that trouble half way leaves nothing to decide twice.
                with.store().advanceSchedule(dag.id(), interval.end());
            }
            if (room < plan.due().size()) {
                return Optional.of(clock.instant().plus(CatchUpGuard.AGAIN));
            }
            plan.decidedUpTo()
                    .filter(decided -> mark.isEmpty() || decided.isAfter(mark.orElseThrow()))
                    .ifPresent(decided -> with.store().advanceSchedule(dag.id(), decided));
            return plan.next();
        });
    }

    private void makeRun(CurrentDag dag, Schedule schedule, DataInterval interval) {
        if (!with.overlap().admits(dag.id(), schedule.overlap())) {
            LOG.log(
                    Level.INFO,
                    "{0}: the run for {1} is left out, an earlier one is not finished",
                    dag.id(),
                    interval.partition());
            return;
        }
        Trigger trigger = new Trigger(TriggerKind.SCHEDULE, "schedule:" + interval.start(), "schedule");
        with.triggers().fire(dag, trigger, Optional.of(interval), Map.of());
    }

    private static Optional<Schedule> schedule(CurrentDag dag) {
        return dag.graph().definition().schedule();
    }
}
