package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.Observation.Ended;
import java.time.Instant;
import java.util.List;

/** Asks what the cluster warns of a custom resource, where something is not as it should be. */
final class ResourceWarnings {
    private static final System.Logger LOG = System.getLogger(ResourceWarnings.class.getName());
    private static final long AFTER_MILLIS = 5_000;
    private static final long AGAIN_MILLIS = 15_000;

    private final ClusterApi api;
    private final TrackerThreads threads;

    ResourceWarnings(ClusterApi api, TrackerThreads threads) {
        this.api = api;
        this.threads = threads;
    }

    /** Asks now and then, while no controller has taken the resource up. On the tracker's thread. */
    void whileWaiting(ResourceAttempt attempt, Instant now) {
        boolean worthIt = attempt.since.plusMillis(AFTER_MILLIS).isBefore(now);
        if (worthIt && !attempt.isTakenUp() && attempt.mayAsk("events", now, AGAIN_MILLIS)) {
            threads.request("ask what keeps " + attempt.reference.name(), () -> ask(attempt));
        }
    }

    /** Asks after a failure. On a thread for requests; what is told is told before anything that this thread posts later. */
    void afterwards(ResourceAttempt attempt, Ended ended) {
        if (ended.failure().isEmpty() || attempt.cancelled) {
            return;
        }
        try {
            ask(attempt);
        } catch (KubernetesClientException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "no events of attempt " + attempt.key, unreadable);
        }
    }

    private void ask(ResourceAttempt attempt) {
        List<Event> events = api.events(attempt.reference.namespace(), attempt.reference.uid());
        threads.post(() -> attempt.tellWarnings(events));
    }
}
