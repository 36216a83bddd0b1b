package io.tidegate.scheduler.plan;

/**
 * What the results of earlier steps mean for a waiting one.
 *
 * @param reason for people; empty text when the step waits or runs
 */
record StartDecision(Kind kind, String reason) {
    static final StartDecision WAIT = new StartDecision(Kind.WAIT, "");
    static final StartDecision RUN = new StartDecision(Kind.RUN, "");

    /** What becomes of the step. */
    enum Kind {
        /** Results that are still to come decide. */
        WAIT,
        RUN,
        /** It rightly does not run. */
        SKIP,
        /** It cannot run, because something failed. */
        BLOCK
    }

    static StartDecision skip(String reason) {
        return new StartDecision(Kind.SKIP, reason);
    }

    static StartDecision block(String reason) {
        return new StartDecision(Kind.BLOCK, reason);
    }
}
