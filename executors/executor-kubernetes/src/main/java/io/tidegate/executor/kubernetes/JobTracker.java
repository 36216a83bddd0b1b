package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.end.Hindrance;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.Timing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows the attempts of one cluster from what is seen of their Jobs and pods to their end. Everything it knows belongs to one thread;
 * requests are made on others, and their answers come back to it. Its methods may be called from any thread.
 */
final class JobTracker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JobTracker.class.getName());
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration WITHOUT_POD = Duration.ofSeconds(5);
    private static final long FOLLOW_AFTER_MILLIS = 250;
    private static final long RETRY_MILLIS = 2_000;
    private static final long DELETE_AGAIN_MILLIS = 15_000;
    private static final long EVENTS_AGAIN_MILLIS = 15_000;

    private final ClusterSettings cluster;
    private final ClusterApi api;
    private final AttemptRecords records;
    private final TrackerThreads threads;
    private final AttemptEnds ends;
    private final InstantSource clock;
    private final Map<LaunchKey, Attempt> attempts = new HashMap<>();
    private final Quarantine quarantine;

    JobTracker(
            ClusterSettings cluster,
            ClusterApi api,
            AttemptRecords records,
            Quarantine quarantine,
            InstantSource clock) {
        this.cluster = cluster;
        this.api = api;
        this.records = records;
        this.clock = clock;
        this.threads = new TrackerThreads(cluster.name(), cluster.limits().requestsAtOnce());
        this.ends = new AttemptEnds(api, threads, records);
        this.quarantine = quarantine;
    }

    /** A Job was made, or found to be there. */
    void launched(LaunchKey key, JobReference reference, Job job) {
        threads.post(() -> attempt(key, reference).job = Optional.of(job));
    }

    void watch(ExternalJob job, ObservationListener listener) {
        threads.post(() -> {
            AttemptRecord record = records.of(job.key());
            Optional<Ended> past = pastEnd(record);
            if (past.isPresent()) {
                listener.observed(job.key(), past.get());
                return;
            }
            Attempt attempt = attempt(job.key(), JobReference.of(job));
            attempt.listener(listener);
            if (attempt.job.isEmpty() && attempt.pod.isEmpty()) {
                lookAtJob(attempt);
            }
            look(attempt);
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

    void cancel(ExternalJob job) {
        threads.post(() -> {
            if (records.of(job.key()).hasEnded()) {
                return;
            }
            Attempt attempt = attempt(job.key(), JobReference.of(job));
            attempt.cancelled = true;
            if (attempt.ended.isEmpty()) {
                delete(attempt);
                look(attempt);
            }
        });
    }

    private Attempt attempt(LaunchKey key, JobReference reference) {
        return attempts.computeIfAbsent(key, unknown -> new Attempt(key, reference, records.of(key), clock.instant()));
    }

    void seen(Pod pod) {
        threads.post(() -> find(pod).ifPresent(attempt -> take(attempt, pod, false)));
    }

    void gone(Pod pod) {
        threads.post(() -> find(pod).ifPresent(attempt -> take(attempt, pod, true)));
    }

    void seen(Job job) {
        threads.post(() -> find(job).ifPresent(attempt -> {
            attempt.job = Optional.of(job);
            attempt.jobIsFresh = false;
            look(attempt);
        }));
    }

    void gone(Job job) {
        threads.post(() -> find(job).ifPresent(attempt -> {
            attempt.jobGone = true;
            look(attempt);
        }));
    }

    private void take(Attempt attempt, Pod pod, boolean gone) {
        boolean another = attempt.pod
                .filter(known ->
                        !known.getMetadata().getUid().equals(pod.getMetadata().getUid()))
                .isPresent();
        if (another && gone) {
            return;
        }
        if (attempt.pod.isEmpty() || another) {
            attempt.podSince = clock.instant();
        }
        attempt.pod = Optional.of(pod);
        attempt.podGone = gone;
        look(attempt);
    }

    /** The attempt an object belongs to; empty when it has ended, or is another server's. */
    private Optional<Attempt> find(HasMetadata object) {
        return quarantine.keyOf(object).flatMap(key -> {
            JobReference reference = ObjectReferences.of(cluster.name(), object);
            Attempt known = attempts.get(key);
            if (known == null) {
                AttemptRecord record = records.of(key);
                if (!record.exists() || records.hasEnded(key) || record.isOfCustomResource()) {
                    return Optional.empty();
                }
                known = attempt(key, reference);
            }
            return known.isOurs(reference.uid()) ? Optional.of(known) : Optional.empty();
        });
    }

    /**
     * Everything of ours in a namespace, as the cluster listed it.
     *
     * @param startedAt before the cluster was asked
     */
    void listed(String namespace, Instant startedAt, List<Job> jobs, List<Pod> pods) {
        jobs.forEach(this::seen);
        pods.forEach(this::seen);
        Set<String> jobNames = names(jobs);
        Set<String> podNames = names(pods);
        threads.post(() -> {
            for (Attempt attempt : new ArrayList<>(attempts.values())) {
                if (attempt.reference.namespace().equals(namespace) && attempt.since.isBefore(startedAt)) {
                    attempt.jobGone |= !jobNames.contains(attempt.reference.name());
                    attempt.podGone |= attempt.podSince.isBefore(startedAt)
                            && attempt.pod
                                    .filter(pod -> !podNames.contains(PodStates.name(pod)))
                                    .isPresent();
                    look(attempt);
                }
            }
        });
    }

    private static Set<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).collect(Collectors.toSet());
    }

    /** Looks at everything whose time may have come. */
    void tick() {
        threads.post(() -> new ArrayList<>(attempts.values()).forEach(this::look));
    }

    /** Draws the conclusions from what is known of an attempt. A failure with one must not keep the others waiting. */
    private void look(Attempt attempt) {
        try {
            if (attempt.ended.isPresent()) {
                return;
            }
            attempt.tellProgress();
            if (attempt.needsFreshJob()) {
                lookAtJob(attempt);
                return;
            }
            Optional<Ended> ended = attempt.decide();
            if (ended.isPresent()) {
                end(attempt, ended.get());
                return;
            }
            if (attempt.needsPod()) {
                lookForPod(attempt);
                return;
            }
            follow(attempt);
            giveUpWaiting(attempt);
            deleteAgain(attempt);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot make out how attempt " + attempt.key + " fares", e);
        }
    }

    private void lookAtJob(Attempt attempt) {
        if (!attempt.mayAsk("job", clock.instant(), RETRY_MILLIS)) {
            return;
        }
        JobReference reference = attempt.reference;
        threads.request("look at " + reference.name(), () -> {
            Optional<Job> job = api.job(reference.namespace(), reference.name())
                    .filter(found -> attempt.isOurs(found.getMetadata().getUid()));
            threads.post(() -> {
                attempt.job = job;
                attempt.jobGone = job.isEmpty();
                attempt.jobIsFresh = true;
                look(attempt);
            });
        });
    }

    /** Gives the watch on pods a moment before the cluster is asked. */
    private void lookForPod(Attempt attempt) {
        Instant now = clock.instant();
        Instant at = attempt.notBefore.computeIfAbsent("pod", first -> now.plusMillis(RETRY_MILLIS));
        if (now.isBefore(at) || !attempt.mayAsk("pod", now, RETRY_MILLIS)) {
            return;
        }
        threads.request("look for the pod of " + attempt.reference.name(), () -> {
            List<Pod> pods = api.pods(attempt.reference.namespace());
            pods.forEach(this::seen);
            threads.post(() -> {
                attempt.podWasLookedFor = true;
                look(attempt);
            });
        });
    }

    /** Programs that end at once are not worth a connection of their own: their log is read when they have ended. */
    private void follow(Attempt attempt) {
        boolean running = attempt.pod.filter(PodStates::hasStarted).isPresent() && !attempt.podGone;
        if (!running || !attempt.mayAsk("follow", clock.instant(), RETRY_MILLIS)) {
            return;
        }
        boolean first = attempt.capture.isEmpty();
        threads.later(first ? FOLLOW_AFTER_MILLIS : 0, () -> {
            if (attempt.ended.isEmpty()) {
                ends.capture(attempt).ifPresent(LogCapture::follow);
            }
        });
    }

    private void giveUpWaiting(Attempt attempt) {
        Optional<Hindrance> hindrance = attempt.hindrance();
        if (hindrance.isEmpty() || attempt.cancelled || attempt.verdict.isPresent()) {
            return;
        }
        Instant now = clock.instant();
        askForWarnings(attempt, hindrance.get(), now);
        Instant since = attempt.hinderedSince(hindrance.get(), now);
        if (!since.plus(patience(hindrance.get())).isAfter(now)) {
            attempt.verdict = Optional.of(hindrance.get().end());
            delete(attempt);
        }
    }

    private Duration patience(Hindrance hindrance) {
        Timing timing = cluster.timing();
        return switch (hindrance.patience()) {
            case NONE -> Duration.ZERO;
            case SHORT -> timing.pending().compareTo(SHORT_PATIENCE) < 0 ? timing.pending() : SHORT_PATIENCE;
            case PENDING -> timing.pending();
        };
    }

    /** A start that takes its usual time is not worth a request. */
    private void askForWarnings(Attempt attempt, Hindrance hindrance, Instant now) {
        boolean usual = attempt.pod.isPresent() && hindrance.isUsual();
        Instant worthIt = attempt.since.plus(usual ? SHORT_PATIENCE : WITHOUT_POD);
        if (!worthIt.isBefore(now) || !attempt.mayAsk("events", now, EVENTS_AGAIN_MILLIS)) {
            return;
        }
        JobReference reference = attempt.reference;
        Optional<String> pod = attempt.pod.map(found -> found.getMetadata().getUid());
        threads.request("ask what keeps " + reference.name(), () -> {
            var events = api.events(reference.namespace(), pod.orElse(reference.uid()));
            threads.post(() -> {
                if (pod.isEmpty()) {
                    attempt.jobEvents = events;
                }
                attempt.tellWarnings(events);
            });
        });
    }

    private void deleteAgain(Attempt attempt) {
        boolean wanted = attempt.cancelled || attempt.verdict.isPresent();
        if (wanted && !attempt.jobGone) {
            delete(attempt);
        }
    }

    private void delete(Attempt attempt) {
        if (!attempt.mayAsk("delete", clock.instant(), DELETE_AGAIN_MILLIS)) {
            return;
        }
        JobReference reference = attempt.reference;
        threads.request("delete " + reference.name(), () -> {
            try {
                api.delete(reference.namespace(), reference.name());
            } catch (KubernetesClientException e) {
                threads.post(
                        () -> attempt.notBefore.put("delete", clock.instant().plusMillis(RETRY_MILLIS)));
                throw e;
            }
        });
    }

    private void end(Attempt attempt, Ended ended) {
        attempt.ended = Optional.of(ended);
        boolean company = attempt.pod.filter(PodStates::hasCompanyRunning).isPresent() && !attempt.jobGone;
        Optional<ContainerStateTerminated> terminated = attempt.pod.flatMap(PodStates::terminated);
        ends.end(attempt, ended, terminated, () -> {
            attempts.remove(attempt.key, attempt);
            attempt.tell(ended);
            if (company) {
                attempt.notBefore.remove("delete");
                delete(attempt);
            }
        });
    }

    @Override
    public void close() {
        threads.close();
        attempts.values().forEach(attempt -> attempt.capture.ifPresent(LogCapture::close));
    }
}
