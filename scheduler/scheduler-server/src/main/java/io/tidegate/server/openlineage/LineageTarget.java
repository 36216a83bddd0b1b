package io.tidegate.server.openlineage;

import io.tidegate.scheduler.alerts.delivery.DeliveryException;

/** Where events go. */
interface LineageTarget {
    /**
     * @param json one event, on one line
     */
    void send(String json) throws DeliveryException;
}
