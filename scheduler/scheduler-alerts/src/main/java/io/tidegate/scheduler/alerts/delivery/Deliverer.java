package io.tidegate.scheduler.alerts.delivery;

import io.tidegate.scheduler.store.Outbox;

/** Brings one message to its destination. May be called again for a message that arrived before. */
@FunctionalInterface
public interface Deliverer {
    /** @throws DeliveryException when it did not arrive, or nobody knows whether it did */
    void deliver(Outbox.Message message) throws DeliveryException;
}
