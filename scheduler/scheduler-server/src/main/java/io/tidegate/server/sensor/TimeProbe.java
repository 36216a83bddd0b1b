package io.tidegate.server.sensor;

import io.tidegate.storage.sensor.Probe;
import java.time.Instant;
import java.util.Map;

/** Waits for a time. */
public final class TimeProbe implements Probe {
    @Override
    public Sighting look(Map<String, String> condition, Instant now) {
        Instant at = Instant.parse(condition.get(Conditions.AT));
        return now.isBefore(at) ? new Sighting(false, "it is not time yet") : new Sighting(true, "it is time");
    }
}
