package io.tidegate.scheduler.alerts.channel;

import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.alerts.message.AlertMessage;

/** A way to tell people. Safe for use by several threads; may be given the same message again. */
public interface Channel {
    /** @throws DeliveryException when nobody was told, or it is not known */
    void send(AlertMessage message) throws DeliveryException;
}
