package io.tidegate.storage.sensor;

import io.tidegate.storage.Storages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What a sensor waits for. Goes into the job's details and comes back from them, so that any server can go on waiting. */
interface Condition {
    /** Those who look. */
    record Looks(Storages storages, Map<String, Probe> probes) {}

    /** What it is, for people. */
    String subject();

    Duration poke();

    Map<String, String> details();

    Probe.Sighting look(Looks looks, Instant now) throws IOException;

    /** @throws IllegalArgumentException when they are not those of a sensor */
    static Condition of(Map<String, String> details) {
        return details.containsKey(ProbedCondition.WHAT) ? ProbedCondition.of(details) : FileCondition.of(details);
    }

    /** @throws IllegalArgumentException when there is no such detail */
    static String detail(Map<String, String> details, String name) {
        String value = details.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a sensor's job says no '" + name + "': " + details);
        }
        return value;
    }
}
