package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.schedule.SchedulePlanner;
import io.tidegate.scheduler.schedule.SchedulePlanner.Limits;
import io.tidegate.scheduler.schedule.SchedulePlanner.Plan;
import io.tidegate.scheduler.store.RunStore.NewRun;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.ScheduleService.Collaborators;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One look at the schedules of several DAGs: a statement for all of their marks, one for each thing that their rules ask, one transaction for all
 * runs. For one use; not thread-safe.
 */
final class ScheduleRound {
    private static final Logger LOG = System.getLogger(ScheduleRound.class.getName());

    private final Collaborators with;
    private final Instant now;
    private final List<NewRun> runs = new ArrayList<>();
    private final Map<DagId, Instant> marks = new HashMap<>();
    private final Map<DagId, Optional<Instant>> decided = new LinkedHashMap<>();
    private final List<CurrentDag> alone = new ArrayList<>();

    /**
     * A DAG and what is due of it.
     *
     * @param mark up to where it was decided before
     */
    private record Due(CurrentDag dag, Schedule schedule, Optional<Instant> mark, Plan plan) {}

    private ScheduleRound(Collaborators with, Instant now) {
        this.with = with;
        this.now = now;
    }

    /** @param dags that are not paused and have schedules that go by time */
    static ScheduleRound of(List<CurrentDag> dags, Collaborators with, Instant now, Limits limits) {
        ScheduleRound round = new ScheduleRound(with, now);
        Map<DagId, Instant> marks = dags.isEmpty()
                ? Map.of()
                : with.store().scheduledUpTo(dags.stream().map(CurrentDag::id).toList());
        List<Due> all = dags.stream()
                .map(dag -> due(dag, Optional.ofNullable(marks.get(dag.id())), with, now, limits))
                .toList();
        Map<DagId, Integer> waiting = with.guard()
                .waiting(all.stream()
                        .filter(due -> CatchUpGuard.asks(due.schedule, due.plan.due()))
                        .map(due -> due.dag.id())
                        .toList());
        Set<DagId> busy = with.overlap()
                .busy(all.stream()
                        .filter(due -> !due.plan.due().isEmpty() && OverlapRule.asks(due.schedule.overlap()))
                        .map(due -> due.dag.id())
                        .toList());
        all.forEach(due -> round.decide(due, waiting, busy.contains(due.dag.id())));
        return round;
    }

    private static Due due(CurrentDag dag, Optional<Instant> mark, Collaborators with, Instant now, Limits limits) {
        Schedule schedule = dag.outline().schedule().orElseThrow();
        return new Due(dag, schedule, mark, SchedulePlanner.plan(schedule, mark, now, with.times(), limits));
    }

    private void decide(Due due, Map<DagId, Integer> waiting, boolean busy) {
        DagId id = due.dag.id();
        // What one run does to the next one of the same DAG is only seen one by one.
        if (OverlapRule.asks(due.schedule.overlap()) && (busy || due.plan.due().size() > 1)) {
            alone.add(due.dag);
            return;
        }
        int room = with.guard().room(id, due.schedule, due.plan.due(), waiting);
        List<DataInterval> made = due.plan.due().subList(0, room);
        try {
            runs.addAll(made.stream()
                    .map(interval -> with.triggers().scheduled(due.dag, due.schedule, interval))
                    .toList());
        } catch (TriggerException e) {
            tellMisfit(id, e);
            return;
        }
        boolean all = room == due.plan.due().size();
        Optional<Instant> mark = all
                ? due.plan.decidedUpTo()
                : made.stream().reduce((first, last) -> last).map(DataInterval::end);
        mark.filter(later -> due.mark.isEmpty() || later.isAfter(due.mark.orElseThrow()))
                .ifPresent(later -> marks.put(id, later));
        decided.put(id, all ? due.plan.next() : Optional.of(now.plus(CatchUpGuard.AGAIN)));
    }

    /** The definition's own defaults do not fit; only a new version of the DAG can mend it, and that wakes again. */
    static void tellMisfit(DagId id, TriggerException misfit) {
        LOG.log(Level.ERROR, "The schedule of " + id + " cannot make its run: " + misfit.getMessage());
    }

    /** Makes the runs and moves the marks, all or nothing. */
    void write() {
        if (!runs.isEmpty() || !marks.isEmpty()) {
            with.triggers().create(runs, marks);
        }
    }

    /** When to look again, by DAG; absent when nothing of its schedule is left. */
    Map<DagId, Optional<Instant>> decided() {
        return decided;
    }

    /** DAGs that must be looked at one by one. */
    List<CurrentDag> alone() {
        return alone;
    }
}
