package io.tidegate.scheduler.trigger;

import static java.util.Comparator.comparing;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the runs that schedules ask for. Woken too often it does nothing: what is due is computed from the database's mark, and a run's trigger
 * key is its interval. Woken late, or after a restart, it finds what was missed and follows the schedule's catch-up rule. Safe for use by several
 * threads and on several nodes.
 */
public final class ScheduleService implements WakeUps.Sleeper {
    private static final Logger LOG = System.getLogger(ScheduleService.class.getName());
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    /** How many DAGs are looked at with the same few statements. */
    private static final int TOGETHER = 500;

    /** How long it may take until a server notices that people let a schedule go on at another one, which has died since. */
    private static final Duration WHILE_PAUSED = Duration.ofMinutes(5);

    private final Collaborators with;
    private final WakeUps wakeUps;
    private final InstantSource clock;
    private final Limits limits;

    /** Found when their schedules were looked at, so that nobody has to go through all DAGs for the few of this kind. */
    private final Set<DagId> waitingForData = ConcurrentHashMap.newKeySet();

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

    /** Looks at every DAG, when a server starts. */
    public void wakeAll() {
        wake(with.dags().all().stream().map(CurrentDag::id).toList());
    }

    /** As {@link #wake(Collection)} for one DAG. */
    public void wake(DagId id) {
        wake(List.of(id));
    }

    /**
     * Makes the runs that are due and sets the next wake-ups: when the clock says so, and when DAGs were changed or unpaused. What is due at once is
     * written together. Trouble is logged and tried again; it never reaches the caller.
     */
    @Override
    public void wake(Collection<DagId> ids) {
        // Servers that write runs of the same DAGs do it in the same order, or one of them would have to begin anew.
        List<DagId> ordered =
                ids.stream().distinct().sorted(comparing(DagId::value)).toList();
        for (int from = 0; from < ordered.size(); from += TOGETHER) {
            look(ordered.subList(from, Math.min(ordered.size(), from + TOGETHER)));
        }
    }

    private void look(List<DagId> ids) {
        try {
            List<CurrentDag> found = with.dags().find(ids);
            Set<DagId> gone = new HashSet<>(ids);
            found.forEach(dag -> gone.remove(dag.id()));
            gone.forEach(this::forget);
            found.forEach(dag -> noteData(dag.id(), goesByData(dag)));
            found.stream()
                    .filter(dag -> !isAwake(dag))
                    .forEach(dag -> setWakeUp(dag.id(), dag.paused() ? whilePaused(dag) : Optional.empty()));
            List<CurrentDag> awake =
                    found.stream().filter(ScheduleService::isAwake).toList();
            ScheduleRound round = ScheduleRound.of(
                    awake.stream().filter(dag -> !goesByData(dag)).toList(), with, clock.instant(), limits);
            round.write();
            round.decided().forEach(this::setWakeUp);
            round.alone().forEach(this::lookAlone);
            awake.stream().filter(ScheduleService::goesByData).forEach(this::lookAlone);
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "The schedules of " + named(ids) + " wait for the database: " + e.getMessage());
            lookLater(ids);
        } catch (RuntimeException e) {
            if (ids.size() > 1) {
                // Whatever is wrong with one of them must not keep the others from running.
                ids.forEach(id -> look(List.of(id)));
                return;
            }
            tellTrouble(ids.get(0), e);
        }
    }

    private static boolean isAwake(CurrentDag dag) {
        return !dag.paused() && schedule(dag).isPresent();
    }

    private static boolean goesByData(CurrentDag dag) {
        return schedule(dag).flatMap(Schedule::data).isPresent();
    }

    private void forget(DagId dag) {
        wakeUps.clear(dag);
        waitingForData.remove(dag);
    }

    private void noteData(DagId dag, boolean waits) {
        if (waits) {
            waitingForData.add(dag);
        } else {
            waitingForData.remove(dag);
        }
    }

    private void lookAlone(CurrentDag dag) {
        try {
            setWakeUp(dag.id(), makeDueRuns(dag));
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "The schedule of " + dag.id() + " waits for the database: " + e.getMessage());
            lookLater(List.of(dag.id()));
        } catch (TriggerException e) {
            ScheduleRound.tellMisfit(dag.id(), e);
        } catch (RuntimeException e) {
            tellTrouble(dag.id(), e);
        }
    }

    private void tellTrouble(DagId id, RuntimeException trouble) {
        LOG.log(
                Level.ERROR,
                "The schedule of " + id + " failed and is tried again in " + AFTER_TROUBLE.toSeconds() + " s",
                trouble);
        lookLater(List.of(id));
    }

    private void lookLater(List<DagId> ids) {
        Instant later = clock.instant().plus(AFTER_TROUBLE);
        ids.forEach(id -> wakeUps.set(id, later));
    }

    private void setWakeUp(DagId dag, Optional<Instant> at) {
        at.ifPresentOrElse(next -> wakeUps.set(dag, next), () -> wakeUps.clear(dag));
    }

    private static String named(List<DagId> ids) {
        return ids.size() == 1 ? ids.get(0).toString() : ids.size() + " DAGs from " + ids.get(0) + " on";
    }

    /** Whichever server lets the schedule go on wakes it there; the others must not rely on that server. */
    private Optional<Instant> whilePaused(CurrentDag dag) {
        return schedule(dag)
                .filter(schedule -> schedule.data().isEmpty())
                .map(schedule -> clock.instant().plus(WHILE_PAUSED));
    }

    /** Looks at the DAGs whose schedules wait for data: data may have arrived. */
    public void wakeForData() {
        wake(List.copyOf(waitingForData));
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
        with.triggers().create(List.of(with.triggers().scheduled(dag, schedule, interval)), Map.of());
    }

    private static Optional<Schedule> schedule(CurrentDag dag) {
        return dag.outline().schedule();
    }
}
