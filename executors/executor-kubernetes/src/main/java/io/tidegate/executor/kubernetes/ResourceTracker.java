package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.manifest.ResourceManifest;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Follows the attempts of one cluster that are custom resources to their end. Everything it knows belongs to one thread; requests are made on
 * others, and their answers come back to it. Its methods may be called from any thread.
 */
final class ResourceTracker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ResourceTracker.class.getName());
    private static final long RETRY_MILLIS = 2_000;
    private static final long DELETE_AGAIN_MILLIS = 15_000;

    private final ClusterSettings cluster;
    private final ResourceApi api;
    private final AttemptRecords records;
    private final InstantSource clock;
    private final TrackerThreads threads;
    private final ResourceLogs logs;
    private final ResourceWarnings warnings;
    private final Quarantine quarantine;
    private final Map<LaunchKey, ResourceAttempt> attempts = new HashMap<>();
    private Consumer<JobReference> watches = reference -> {};

    ResourceTracker(
            ClusterSettings cluster,
            ClusterApi api,
            ResourceApi resources,
            AttemptRecords records,
            Quarantine quarantine,
            InstantSource clock) {
        this.cluster = cluster;
        this.api = resources;
        this.records = records;
        this.clock = clock;
        this.threads = new TrackerThreads(
                cluster.name() + "-resources", cluster.limits().requestsAtOnce());
        this.logs = new ResourceLogs(api, resources, threads, records.logLimit());
        this.warnings = new ResourceWarnings(api, threads);
        this.quarantine = quarantine;
    }

    /** @param opener sees to it that the kind of a resource is watched in its namespace */
    void watchedBy(Consumer<JobReference> opener) {
        threads.post(() -> watches = opener);
    }

    /** A resource was made, or found to be there. */
    void launched(LaunchKey key, JobReference reference, GenericKubernetesResource object) {
        threads.post(() -> {
            ResourceAttempt attempt = attempt(key, reference);
            attempt.take(object);
            look(attempt);
        });
    }

    void watch(ExternalJob job, ObservationListener listener) {
        threads.post(() -> {
            JobReference reference = JobReference.of(job);
            Optional<Ended> past = pastEnd(records.of(job.key()));
            if (past.isPresent()) {
                listener.observed(job.key(), past.get());
                clearAway(reference);
                return;
            }
            ResourceAttempt attempt = attempt(job.key(), reference);
            attempt.listener(listener);
            if (attempt.object().isEmpty()) {
                lookAtCluster(attempt);
            } else {
                attempt.take(attempt.object().get());
                look(attempt);
            }
        });
    }

    private static Optional<Ended> pastEnd(AttemptRecord record) {
        try {
            return record.end();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "cannot read how attempt " + record.key() + " ended", unreadable);
            return Optional.empty();
        }
    }

    /** Deletes what a server that was killed between the end and the deletion has left. */
    private void clearAway(JobReference reference) {
        threads.request(
                "clear away " + reference.name(),
                () -> api.get(reference)
                        .filter(found ->
                                reference.uid().equals(found.getMetadata().getUid()))
                        .filter(found -> !ResourceManifest.isKept(found))
                        .ifPresent(found -> api.delete(reference)));
    }

    void cancel(ExternalJob job) {
        threads.post(() -> {
            if (records.of(job.key()).hasEnded()) {
                return;
            }
            ResourceAttempt attempt = attempt(job.key(), JobReference.of(job));
            if (attempt.ended.isEmpty()) {
                attempt.cancelled = true;
                look(attempt);
            }
        });
    }

    private ResourceAttempt attempt(LaunchKey key, JobReference reference) {
        return attempts.computeIfAbsent(key, unknown -> {
            watches.accept(reference);
            return new ResourceAttempt(key, reference, records.of(key), clock.instant());
        });
    }

    void seen(GenericKubernetesResource object) {
        threads.post(() -> find(object).ifPresent(attempt -> {
            attempt.take(object);
            look(attempt);
        }));
    }

    void gone(GenericKubernetesResource object) {
        threads.post(() -> find(object).ifPresent(attempt -> {
            attempt.take(object);
            attempt.gone = true;
            look(attempt);
        }));
    }

    private Optional<ResourceAttempt> find(GenericKubernetesResource object) {
        return quarantine
                .keyOf(object)
                .map(attempts::get)
                .filter(attempt -> attempt.isOurs(object.getMetadata().getUid()));
    }

    /**
     * Everything of ours of a kind in a namespace, as the cluster listed it.
     *
     * @param place whose kind and namespace it is
     * @param startedAt before the cluster was asked
     */
    void listed(JobReference place, Instant startedAt, List<GenericKubernetesResource> objects) {
        objects.forEach(this::seen);
        Set<String> names =
                objects.stream().map(object -> object.getMetadata().getName()).collect(Collectors.toSet());
        threads.post(() -> {
            for (ResourceAttempt attempt : new ArrayList<>(attempts.values())) {
                boolean covered = attempt.reference.namespace().equals(place.namespace())
                        && attempt.reference.kind().equals(place.kind())
                        && attempt.since.isBefore(startedAt);
                if (covered && !names.contains(attempt.reference.name())) {
                    attempt.gone = true;
                    look(attempt);
                }
            }
        });
    }

    /** Looks at everything whose time may have come. */
    void tick() {
        threads.post(() -> new ArrayList<>(attempts.values()).forEach(this::look));
    }

    /** Draws the conclusions from what is known of an attempt. A failure with one must not keep the others waiting. */
    private void look(ResourceAttempt attempt) {
        try {
            if (attempt.ended.isPresent()) {
                return;
            }
            Optional<Ended> ended = attempt.decide();
            if (ended.isPresent()) {
                end(attempt, ended.get());
                return;
            }
            if (attempt.object().isEmpty() && !attempt.gone) {
                lookAtCluster(attempt);
            }
            warnings.whileWaiting(attempt, clock.instant());
            giveUpWaiting(attempt);
            boolean unwanted = attempt.cancelled || attempt.verdict.isPresent();
            if (unwanted && attempt.mayAsk("delete", clock.instant(), DELETE_AGAIN_MILLIS)) {
                delete(attempt);
            }
            if (attempt.isTakenUp()) {
                logs.follow(attempt, clock.instant());
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot make out how attempt " + attempt.key + " fares", e);
        }
    }

    private void giveUpWaiting(ResourceAttempt attempt) {
        boolean waiting = !attempt.isTakenUp() && !attempt.cancelled && attempt.verdict.isEmpty();
        if (waiting && attempt.since.plus(cluster.timing().pending()).isBefore(clock.instant())) {
            attempt.verdict = Optional.of(attempt.notTakenUp(cluster.timing().pending()));
        }
    }

    private void lookAtCluster(ResourceAttempt attempt) {
        if (!attempt.mayAsk("look", clock.instant(), RETRY_MILLIS)) {
            return;
        }
        threads.request("look at " + attempt.reference.name(), () -> {
            Optional<GenericKubernetesResource> found = api.get(attempt.reference)
                    .filter(object -> attempt.isOurs(object.getMetadata().getUid()));
            threads.post(() -> {
                found.ifPresent(attempt::take);
                attempt.gone = found.isEmpty();
                look(attempt);
            });
        });
    }

    private void delete(ResourceAttempt attempt) {
        threads.request("delete " + attempt.reference.name(), () -> {
            try {
                api.delete(attempt.reference);
                // What is gone at once need not be told by a watch.
                boolean gone = api.get(attempt.reference)
                        .filter(object -> attempt.isOurs(object.getMetadata().getUid()))
                        .isEmpty();
                threads.post(() -> {
                    attempt.gone |= gone;
                    look(attempt);
                });
            } catch (KubernetesClientException e) {
                threads.post(
                        () -> attempt.notBefore.put("delete", clock.instant().plusMillis(RETRY_MILLIS)));
                throw e;
            }
        });
    }

    private void end(ResourceAttempt attempt, Ended ended) {
        attempt.ended = Optional.of(ended);
        var unused = logs.complete(attempt)
                .whenComplete((nothing, failure) -> threads.request("record the end of " + attempt.key, () -> {
                    warnings.afterwards(attempt, ended);
                    record(attempt, ended);
                    attempt.capture.ifPresent(LogCapture::close);
                    if (!attempt.gone && !attempt.isKept()) {
                        deleteEnded(attempt);
                    }
                    threads.post(() -> {
                        attempts.remove(attempt.key, attempt);
                        attempt.tell(ended);
                    });
                }));
    }

    private void record(ResourceAttempt attempt, Ended ended) {
        try {
            attempt.record.folder().make();
            attempt.record.end(ended);
            records.remember(attempt.key);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot write down how attempt " + attempt.key + " ended", e);
        }
    }

    /** The end is told all the same: what stays is found by the comparison of what we and the cluster say. */
    private void deleteEnded(ResourceAttempt attempt) {
        try {
            api.delete(attempt.reference);
        } catch (KubernetesClientException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} of attempt {1} has ended and cannot be deleted: {2}",
                    attempt.reference.kind().kind(),
                    attempt.key,
                    CreateFailures.message(failure));
        }
    }

    @Override
    public void close() {
        threads.close();
        attempts.values().forEach(attempt -> attempt.capture.ifPresent(LogCapture::close));
    }
}
