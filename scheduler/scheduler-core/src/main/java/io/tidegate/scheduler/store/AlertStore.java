package io.tidegate.scheduler.store;

import java.time.Instant;

/** Alerts, for people who close them outside a run. */
public interface AlertStore {
    /**
     * Closes an open alert; the channels that were told of it are told so.
     *
     * @param actor who closes it
     * @param reason why; may be empty text
     * @return false when there is no such alert or it is closed already
     */
    boolean resolve(long id, String actor, String reason, Instant at);
}
