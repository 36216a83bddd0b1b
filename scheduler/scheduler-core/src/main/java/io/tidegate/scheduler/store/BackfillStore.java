package io.tidegate.scheduler.store;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Backfills and what became of each of their intervals: everything a server needs to go on with them after a restart. */
public interface BackfillStore {
    /**
     * An interval of a backfill.
     *
     * @param leftOut why it gets no run; absent when it is to get one
     */
    record Place(DataInterval interval, Optional<String> leftOut) {
        public Place {
            Objects.requireNonNull(interval, "interval");
            Objects.requireNonNull(leftOut, "leftOut");
        }
    }

    /** A backfill that makes runs. */
    record Going(long id, Backfill backfill, String actor) {
        public Going {
            Objects.requireNonNull(backfill, "backfill");
            Objects.requireNonNull(actor, "actor");
        }
    }

    /**
     * An interval whose turn it is.
     *
     * @param place its place in the order of the backfill, from 0
     */
    record Due(int place, DataInterval interval) {
        public Due {
            Objects.requireNonNull(interval, "interval");
        }
    }

    /**
     * Keeps a backfill in state RUNNING, with its intervals in the order in which they are to run.
     *
     * @return its id
     */
    long create(Backfill backfill, List<Place> places, Audit by);

    /** Backfills in state RUNNING, oldest first. */
    List<Going> going();

    /**
     * Intervals that have no run yet and may have one now: as many as runs of the backfill may go beside those that do. A run that was made and
     * not written down, because a server died in between, is written down first.
     */
    List<Due> due(long id);

    /**
     * The run of an interval was made.
     *
     * @return false when the backfill was cancelled meanwhile, and the run is not wanted any more
     */
    boolean began(long id, int place, RunId run);

    /** An interval gets no run after all. */
    void leaveOut(long id, int place, String why);

    /**
     * Ends a backfill of which nothing waits and no run goes.
     *
     * @return whether it was ended now
     */
    boolean finishIfDone(long id, Instant at);

    /**
     * Does what a person asks, if its state allows it; cancelling leaves out every interval that waits. Each change leaves a line in the DAG's
     * history.
     *
     * @return the state it had, and whether it was changed; empty when there is no such backfill
     */
    Optional<Moved> move(long id, BackfillState.Event event, Audit by);

    /**
     * @param before the state it had
     * @param changed false when that state does not allow it
     */
    record Moved(BackfillState before, boolean changed) {
        public Moved {
            Objects.requireNonNull(before, "before");
        }
    }

    /** Runs of a backfill that are not over. */
    List<RunId> goingRuns(long id);
}
