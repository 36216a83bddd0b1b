package io.tidegate.scheduler.model;

import io.tidegate.scheduler.state.TransitionTable;

/** Where a model version stands. */
public enum ModelState {
    /** Registered, not yet judged. */
    CANDIDATE,
    /** Being judged against the champion. */
    CHALLENGER,
    /** The one that users get. */
    CHAMPION,
    /** Turned away by a gate; kept, with the reason. */
    REJECTED,
    /** Was champion once. */
    RETIRED;

    /** What may happen to a model version. */
    public enum Event {
        CHALLENGE,
        ACCEPT,
        REJECT,
        /** Another version became champion. */
        REPLACE,
        /** A person made it champion again. */
        TAKE_BACK
    }

    public static final TransitionTable<ModelState, Event> TRANSITIONS = TransitionTable.<ModelState, Event>named(
                    "model version")
            .on(CANDIDATE, Event.CHALLENGE, CHALLENGER)
            .on(CHALLENGER, Event.ACCEPT, CHAMPION)
            .on(CHALLENGER, Event.REJECT, REJECTED)
            .on(CHAMPION, Event.REPLACE, RETIRED)
            .on(RETIRED, Event.TAKE_BACK, CHAMPION)
            .build(state -> state == REJECTED, event -> false);
}
