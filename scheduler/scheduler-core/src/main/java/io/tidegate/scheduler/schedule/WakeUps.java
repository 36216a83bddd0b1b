package io.tidegate.scheduler.schedule;

import io.tidegate.dag.DagId;
import java.time.Instant;
import java.util.Collection;

/**
 * Port: an alarm clock. It may wake too early, late or twice; what is due is decided by who is woken. Safe for use by several threads.
 */
public interface WakeUps {
    /** Wakes for the DAG at the instant, or at once when that has passed; replaces what was set for the DAG before. */
    void set(DagId dag, Instant at);

    /** Forgets what was set for the DAG. */
    void clear(DagId dag);

    /** Who is woken, for all DAGs whose time has come; called on a thread of the clock. */
    @FunctionalInterface
    interface Sleeper {
        void wake(Collection<DagId> dags);
    }
}
