package io.tidegate.scheduler.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Messages that were committed with their cause and must leave at least once, in order for each destination. */
public interface Outbox {
    /** What kind of message it is. */
    enum Topic {
        ALERT,
        LINEAGE
    }

    /**
     * @param destination channel name for alerts, empty text for lineage
     * @param reference what it is about: the alert's id, or {@code run/step/attempt/event}
     * @param action for an alert {@code raised} or {@code resolved}
     * @param tries how often delivery failed so far
     */
    record Message(
            long id, Topic topic, String destination, String reference, String action, Instant createdAt, int tries) {
        public Message {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(destination, "destination");
            Objects.requireNonNull(reference, "reference");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(createdAt, "createdAt");
        }
    }

    /** Messages of a topic that are due, oldest first, at most {@code limit}. */
    List<Message> due(Topic topic, Instant now, int limit);

    void delivered(long id, Instant at);

    /** Delivery failed; it is due again at {@code next}. */
    void failed(long id, String problem, Instant next);

    /** Delivery will not be tried again; kept with the problem for people to see. */
    void abandoned(long id, String problem);
}
