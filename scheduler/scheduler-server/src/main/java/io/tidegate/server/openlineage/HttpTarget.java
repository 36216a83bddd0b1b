package io.tidegate.server.openlineage;

import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.alerts.delivery.HttpSender;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Posts events to a receiver such as Marquez.
 *
 * @param key sent as a bearer token
 */
record HttpTarget(URI address, Optional<String> key, HttpSender sender) implements LineageTarget {
    @Override
    public void send(String json) throws DeliveryException {
        sender.post(
                address,
                key.map(secret -> Map.of("Authorization", "Bearer " + secret)).orElse(Map.of()),
                json);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "HttpTarget[" + address + "]";
    }
}
