package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.view.RunQueries;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a schedule that runs everything it missed from flooding the database: only so many of its runs wait at a time, and the next are made as
 * these go. Nothing is lost meanwhile, because the schedule's mark moves with the runs that are made. Safe for use by several threads.
 */
public final class CatchUpGuard {
    /** Most scheduled runs of a DAG that wait at a time while it catches up. */
    public static final int MOST_WAITING = 100;

    /** When it is looked again whether there is room. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(CatchUpGuard.class.getName());

    private final RunQueries queries;
    private final Set<DagId> heldBack = ConcurrentHashMap.newKeySet();

    public CatchUpGuard(RunQueries queries) {
        this.queries = Objects.requireNonNull(queries, "queries");
    }

    /** Whether the schedule runs everything it missed. */
    static boolean applies(Schedule schedule) {
        return schedule.catchup().mode() == Catchup.Mode.ALL;
    }

    /** How many of the intervals that are due may have their runs now; the first time that it is not all of them, the log tells. */
    int room(DagId dag, Schedule schedule, List<DataInterval> due) {
        return room(dag, schedule, due, asks(schedule, due) ? waiting(List.of(dag)) : Map.of());
    }

    /** Whether it matters how many runs of the schedule wait. */
    static boolean asks(Schedule schedule, List<DataInterval> due) {
        return applies(schedule) && !due.isEmpty();
    }

    /** How many scheduled runs of each DAG wait. */
    Map<DagId, Integer> waiting(Collection<DagId> dags) {
        return dags.isEmpty() ? Map.of() : queries.scheduledAndQueued(dags, MOST_WAITING);
    }

    /** The same when it is known how many runs wait. */
    int room(DagId dag, Schedule schedule, List<DataInterval> due, Map<DagId, Integer> waiting) {
        if (!asks(schedule, due)) {
            return due.size();
        }
        int room = Math.max(0, Math.min(due.size(), MOST_WAITING - waiting.getOrDefault(dag, 0)));
        if (room < due.size() && heldBack.add(dag)) {
            LOG.log(
                    Level.WARNING,
                    "{0} catches up with every interval from {1} on: {2} of its runs wait, and more are made only as these go."
                            + " To run less of the past, pause the DAG and give its schedule a later start or another catchup",
                    dag,
                    due.get(0).partition(),
                    MOST_WAITING);
        } else if (room == due.size() && due.size() == 1 && heldBack.remove(dag)) {
            LOG.log(Level.INFO, "{0} has caught up", dag);
        }
        return room;
    }
}
