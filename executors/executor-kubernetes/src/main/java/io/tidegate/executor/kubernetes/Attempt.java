package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.tidegate.executor.JobEvent;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.end.Hindrance;
import io.tidegate.executor.kubernetes.end.PodEnds;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.end.Warnings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an attempt that has not ended. Belongs to the thread of its cluster's tracker; no other thread touches it.
 */
final class Attempt {
    private static final System.Logger LOG = System.getLogger(Attempt.class.getName());

    final LaunchKey key;
    final JobReference reference;
    final AttemptRecord record;
    final Instant since;

    Optional<Job> job = Optional.empty();
    Optional<Pod> pod = Optional.empty();
    /** When the pod was first seen; a listing that is older says nothing of it. */
    Instant podSince = Instant.MAX;

    boolean jobGone;
    boolean podGone;
    boolean cancelled;
    /** Whether the Job was looked at after its pod had ended in a way that only the Job explains. */
    boolean jobIsFresh;
    /** Whether the cluster was asked for the pod of a Job that has ended. */
    boolean podWasLookedFor;
    /** How the attempt ends once its Job is deleted, because waiting for its start is over. */
    Optional<Ended> verdict = Optional.empty();

    Optional<Ended> ended = Optional.empty();
    Optional<LogCapture> capture = Optional.empty();
    List<Event> jobEvents = List.of();
    /** Earliest time of the next request of each kind. */
    final Map<String, Instant> notBefore = new HashMap<>();

    private Optional<ObservationListener> listener = Optional.empty();
    private boolean toldRunning;
    private final Map<String, String> described = new HashMap<>();
    private Instant troubledSince;

    Attempt(LaunchKey key, JobReference reference, AttemptRecord record, Instant since) {
        this.key = key;
        this.reference = reference;
        this.record = record;
        this.since = since;
    }

    void listener(ObservationListener another) {
        listener = Optional.of(another);
        toldRunning = false;
        described.clear();
    }

    boolean isWatched() {
        return listener.isPresent();
    }

    /** Whether an object of the cluster is of this attempt's Job, and not of another one that has its name. */
    boolean isOurs(String uid) {
        return !reference.isKnown() || uid == null || reference.uid().equals(uid);
    }

    /** Tells what is new of a pod that has not ended. */
    void tellProgress() {
        if (pod.isEmpty()) {
            return;
        }
        Map<String, String> news = new HashMap<>();
        news.put("pod", PodStates.name(pod.get()));
        PodStates.node(pod.get()).ifPresent(node -> news.put("node", node));
        describe(news);
        if (PodStates.hasStarted(pod.get()) && !toldRunning && listener.isPresent()) {
            toldRunning = true;
            if (described.containsKey(Observation.Described.REASON)) {
                describe(Map.of(Observation.Described.REASON, ""));
            }
            tell(new Observation.Running());
        }
    }

    /** Tells what the cluster warns of. */
    void tellWarnings(List<Event> events) {
        List<JobEvent> warnings = Warnings.of(events);
        if (!warnings.isEmpty()) {
            describe(Map.of(JobEvent.DETAIL, JobEvent.write(warnings)));
        }
    }

    private void describe(Map<String, String> news) {
        Map<String, String> changed = new HashMap<>(news);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(described.get(entry.getKey())));
        if (!changed.isEmpty() && listener.isPresent()) {
            described.putAll(changed);
            tell(new Observation.Described(changed));
        }
    }

    void tell(Observation observation) {
        if (listener.isEmpty()) {
            return;
        }
        try {
            listener.get().observed(key, observation);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the listener of attempt " + key + " failed on " + observation, e);
        }
    }

    /** Whether {@link #decide} has to know how the Job is at this moment. */
    boolean needsFreshJob() {
        boolean explainedByJob = podGone
                || pod.filter(found -> PodEnds.dependsOnJob(found, cancelled)).isPresent();
        return explainedByJob && !jobGone && !jobIsFresh && !cancelled && verdict.isEmpty();
    }

    /** How the attempt ended; empty while nothing says so. */
    Optional<Ended> decide() {
        if (verdict.isPresent()) {
            boolean over =
                    jobGone || podGone || pod.flatMap(PodStates::terminated).isPresent();
            return over ? verdict : Optional.empty();
        }
        Optional<Job> known = jobGone ? Optional.empty() : job;
        Optional<Ended> ofPod = pod.flatMap(found -> PodEnds.of(known, found, cancelled));
        if (ofPod.isPresent()) {
            return ofPod;
        }
        if (cancelled) {
            boolean over = podGone || (jobGone && pod.isEmpty());
            return over ? Optional.of(PodEnds.cancelled()) : Optional.empty();
        }
        boolean beingDeleted = known.filter(found -> found.getMetadata().getDeletionTimestamp() != null)
                .isPresent();
        if (jobGone || podGone || beingDeleted) {
            return Optional.of(PodEnds.withoutPod(known, pod));
        }
        return podWasLookedFor ? endOfJobAlone() : Optional.empty();
    }

    /** How the Job ended, when no pod of it was ever seen. */
    private Optional<Ended> endOfJobAlone() {
        return pod.isEmpty() ? job.flatMap(PodEnds::ofJobAlone) : Optional.empty();
    }

    /** Whether the Job has ended and its pod, with log and report, was not seen: the watch on pods may be behind the one on Jobs. */
    boolean needsPod() {
        return !podWasLookedFor && endOfJobAlone().isPresent();
    }

    /**
     * What keeps the step's program from being started; empty when it was, or is about to end.
     */
    Optional<Hindrance> hindrance() {
        if (pod.isPresent()) {
            return Hindrance.of(pod.get());
        }
        return Optional.of(Hindrance.withoutPod(jobEvents));
    }

    /** Since when it has been kept from being started by something of this sort; tells people what it is. */
    Instant hinderedSince(Hindrance now, Instant instant) {
        boolean worthTelling = now.patience() != Hindrance.Patience.PENDING || !now.isUsual();
        if (worthTelling) {
            describe(Map.of(Observation.Described.REASON, now.sentence()));
        }
        if (now.patience() == Hindrance.Patience.PENDING) {
            // Waiting counts from the start, whatever it is for.
            return since;
        }
        if (troubledSince == null) {
            troubledSince = instant;
        }
        return troubledSince;
    }

    /** Whether a request may be made now; if so, the next of its kind may be made after the pause. */
    boolean mayAsk(String what, Instant now, long pauseMillis) {
        Instant earliest = notBefore.getOrDefault(what, Instant.MIN);
        if (now.isBefore(earliest)) {
            return false;
        }
        notBefore.put(what, now.plusMillis(pauseMillis));
        return true;
    }
}
