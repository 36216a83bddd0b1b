package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.state.TransitionTable;

/** Where a backfill stands. How its runs ended is not part of it: they can be rerun long after. */
public enum BackfillState {
    /** Makes the run of the next interval whenever a place is free. */
    RUNNING,
    /** Makes no runs; those that were made go on. */
    PAUSED,
    /** Nothing is left to make, and every run it made has ended once. */
    FINISHED,
    /** Somebody ended it; intervals that waited have no run. */
    CANCELLED;

    /** Whether it makes no runs any more. */
    public boolean isTerminal() {
        return this == FINISHED || this == CANCELLED;
    }

    /** What may happen to a backfill. */
    public enum Event {
        PAUSE,
        RESUME,
        CANCEL,
        FINISH
    }

    public static final TransitionTable<BackfillState, Event> TRANSITIONS = TransitionTable.<BackfillState, Event>named(
                    "backfill")
            .on(RUNNING, Event.PAUSE, PAUSED)
            .on(RUNNING, Event.CANCEL, CANCELLED)
            .on(RUNNING, Event.FINISH, FINISHED)
            .on(PAUSED, Event.RESUME, RUNNING)
            .on(PAUSED, Event.CANCEL, CANCELLED)
            .build(BackfillState::isTerminal, event -> false);
}
