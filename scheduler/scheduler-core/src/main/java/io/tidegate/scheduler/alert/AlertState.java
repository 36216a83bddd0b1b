package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.state.TransitionTable;

/** Where an alert stands. */
public enum AlertState {
    /** The problem is there. */
    OPEN,
    /** The problem is gone: the step succeeded, the run recovered, or a person closed it. */
    RESOLVED;

    /** What may happen to an alert. */
    public enum Event {
        RESOLVE
    }

    public static final TransitionTable<AlertState, Event> TRANSITIONS = TransitionTable.<AlertState, Event>named(
                    "alert")
            .on(OPEN, Event.RESOLVE, RESOLVED)
            .build(state -> state == RESOLVED, event -> false);
}
