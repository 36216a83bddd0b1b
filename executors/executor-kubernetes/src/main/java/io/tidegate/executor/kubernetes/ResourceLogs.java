package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.executor.kubernetes.LogCapture.PodLogs;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.manifest.ResourceManifest;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds the pods that a custom resource's controller made, by the labels that the author names, and brings their logs home. */
final class ResourceLogs {
    private static final System.Logger LOG = System.getLogger(ResourceLogs.class.getName());
    private static final long LOOK_MILLIS = 5_000;

    private final ClusterApi api;
    private final ResourceApi resources;
    private final TrackerThreads threads;
    private final long logLimit;

    ResourceLogs(ClusterApi api, ResourceApi resources, TrackerThreads threads, long logLimit) {
        this.api = api;
        this.resources = resources;
        this.threads = threads;
        this.logLimit = logLimit;
    }

    /** Follows the pods there are, now and then. On the tracker's thread. */
    void follow(ResourceAttempt attempt, Instant now) {
        Map<String, String> labels = labels(attempt);
        if (labels.isEmpty() || !attempt.mayAsk("pods", now, LOOK_MILLIS)) {
            return;
        }
        threads.request("look for the pods of " + attempt.reference.name(), () -> {
            List<Pod> pods = started(attempt, labels);
            threads.post(() -> {
                if (attempt.ended.isEmpty() && add(attempt, pods)) {
                    attempt.capture.ifPresent(LogCapture::follow);
                }
            });
        });
    }

    /** Reads what is missing of all logs, also of pods that were not seen before. On the tracker's thread; ends well whatever happens. */
    CompletableFuture<Void> complete(ResourceAttempt attempt) {
        Map<String, String> labels = labels(attempt);
        if (labels.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.supplyAsync(() -> started(attempt, labels), threads.requests())
                .exceptionally(failure -> List.of())
                .thenCompose(pods -> read(attempt, pods));
    }

    private CompletableFuture<Void> read(ResourceAttempt attempt, List<Pod> pods) {
        CompletableFuture<Void> complete = new CompletableFuture<>();
        threads.post(() -> {
            add(attempt, pods);
            CompletableFuture<Void> read = attempt.capture
                    .map(capture -> capture.complete(threads.requests()))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
            var unused = read.whenComplete((nothing, failure) -> complete.complete(null));
        });
        return complete;
    }

    private static Map<String, String> labels(ResourceAttempt attempt) {
        return attempt.object().map(ResourceManifest::logs).orElse(Map.of());
    }

    private List<Pod> started(ResourceAttempt attempt, Map<String, String> labels) {
        return resources.pods(attempt.reference.namespace(), labels).stream()
                .filter(PodStates::hasAnyStarted)
                .sorted(Comparator.comparing(PodStates::name))
                .toList();
    }

    /** False when the attempt's folder cannot be written. */
    private boolean add(ResourceAttempt attempt, List<Pod> pods) {
        try {
            if (attempt.capture.isEmpty() && !pods.isEmpty()) {
                attempt.record.folder().make();
                // A server that took the attempt over must know, too, that pods with its marks are not the attempt.
                attempt.record.intend(attempt.reference);
                attempt.capture = Optional.of(new LogCapture(api, attempt.record, logLimit));
            }
            for (Pod pod : pods) {
                attempt.capture
                        .orElseThrow()
                        .add(new PodLogs(
                                attempt.reference.namespace(), PodStates.name(pod), PodStates.containers(pod)));
            }
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot keep the log of attempt " + attempt.key, e);
            return false;
        }
    }
}
