package io.tidegate.executor.testkit;

import static org.awaitility.Awaitility.await;

import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it hears. Safe for use by several threads. */
public final class RecordingListener implements ObservationListener {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final List<Observation> observations = new CopyOnWriteArrayList<>();

    @Override
    public void observed(LaunchKey key, Observation observation) {
        observations.add(observation);
    }

    public List<Observation> observations() {
        return List.copyOf(observations);
    }

    public List<Observation.Ended> ends() {
        return observations.stream()
                .filter(Observation.Ended.class::isInstance)
                .map(Observation.Ended.class::cast)
                .toList();
    }

    /** Waits until the job has ended. */
    public Observation.Ended awaitEnd() {
        await("the job's end")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !ends().isEmpty());
        return ends().get(0);
    }

    /** Waits until the job was seen running. */
    public void awaitRunning() {
        await("the job running")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> observations.contains(new Observation.Running()));
    }
}
