package io.tidegate.storage.sensor;

import io.tidegate.executor.Workload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Something else that a sensor waits for, which a probe knows how to look for. */
record ProbedCondition(Workload.Awaited awaited) implements Condition {
    /** The detail that says which probe looks. */
    static final String WHAT = "what";

    private static final String SUBJECT = "subject";
    private static final String POKE = "poke";
    private static final String CONDITION = "condition.";

    static ProbedCondition of(Map<String, String> details) {
        Map<String, String> condition = new HashMap<>();
        details.forEach((name, value) -> {
            if (name.startsWith(CONDITION)) {
                condition.put(name.substring(CONDITION.length()), value);
            }
        });
        return new ProbedCondition(new Workload.Awaited(
                Condition.detail(details, WHAT),
                Condition.detail(details, SUBJECT),
                condition,
                Duration.parse(Condition.detail(details, POKE))));
    }

    @Override
    public String subject() {
        return awaited.subject();
    }

    @Override
    public Duration poke() {
        return awaited.poke();
    }

    @Override
    public Map<String, String> details() {
        Map<String, String> details = new HashMap<>();
        awaited.condition().forEach((name, value) -> details.put(CONDITION + name, value));
        details.put(WHAT, awaited.what());
        details.put(SUBJECT, awaited.subject());
        details.put(POKE, awaited.poke().toString());
        return details;
    }

    @Override
    public Probe.Sighting look(Looks looks, Instant now) throws IOException {
        Probe probe = looks.probes().get(awaited.what());
        if (probe == null) {
            throw new IOException("this server has nobody who looks for '" + awaited.what() + "'");
        }
        return probe.look(awaited.condition(), now);
    }
}
