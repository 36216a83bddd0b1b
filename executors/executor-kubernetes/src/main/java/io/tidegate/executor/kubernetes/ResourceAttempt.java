package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.JobEvent;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.end.PodEnds;
import io.tidegate.executor.kubernetes.end.ResourceEnds;
import io.tidegate.executor.kubernetes.end.Warnings;
import io.tidegate.executor.kubernetes.manifest.ResourceManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What is known of an attempt that is a custom resource and has not ended. Belongs to the thread of the tracker; no other touches it. */
final class ResourceAttempt {
    private static final System.Logger LOG = System.getLogger(ResourceAttempt.class.getName());

    final LaunchKey key;
    final JobReference reference;
    final AttemptRecord record;
    final Instant since;

    boolean gone;
    boolean cancelled;
    /** How the attempt ends once its resource is deleted, because nobody has taken it up. */
    Optional<Ended> verdict = Optional.empty();

    Optional<Ended> ended = Optional.empty();
    Optional<LogCapture> capture = Optional.empty();
    /** Earliest time of the next request of each kind. */
    final Map<String, Instant> notBefore = new HashMap<>();

    private Optional<GenericKubernetesResource> object = Optional.empty();
    /** What the object says of its end, as it was last seen. */
    private Optional<Ended> told = Optional.empty();

    private Optional<ResourceEnds> conditions = Optional.empty();
    private Optional<ObservationListener> listener = Optional.empty();
    private boolean toldRunning;
    private List<JobEvent> warned = List.of();

    ResourceAttempt(LaunchKey key, JobReference reference, AttemptRecord record, Instant since) {
        this.key = key;
        this.reference = reference;
        this.record = record;
        this.since = since;
    }

    void listener(ObservationListener another) {
        listener = Optional.of(another);
        toldRunning = false;
        warned = List.of();
    }

    Optional<GenericKubernetesResource> object() {
        return object;
    }

    /** Whether an object of the cluster is this attempt's, and not another one that has its name. */
    boolean isOurs(String uid) {
        return !reference.isKnown() || uid == null || reference.uid().equals(uid);
    }

    /** Takes what was seen of the resource. */
    void take(GenericKubernetesResource seen) {
        object = Optional.of(seen);
        told = told(seen);
        if (isTakenUp() && !toldRunning && listener.isPresent()) {
            toldRunning = true;
            tell(new Observation.Running());
        }
    }

    /** Whether a controller has written a status. */
    boolean isTakenUp() {
        return object.filter(seen ->
                        seen.getAdditionalProperties().get("status") instanceof Map<?, ?> status && !status.isEmpty())
                .isPresent();
    }

    boolean isKept() {
        return object.filter(ResourceManifest::isKept).isPresent() && !cancelled && verdict.isEmpty();
    }

    /** How the attempt ended; empty while nothing says so. */
    Optional<Ended> decide() {
        if (verdict.isPresent()) {
            return gone ? verdict : Optional.empty();
        }
        if (told.isPresent() && (!cancelled || told.get().failure().isEmpty())) {
            return told;
        }
        if (cancelled) {
            return gone ? Optional.of(PodEnds.cancelled()) : Optional.empty();
        }
        boolean beingDeleted = object.filter(seen -> seen.getMetadata().getDeletionTimestamp() != null)
                .isPresent();
        return gone || beingDeleted ? Optional.of(Ended.lost(lost())) : Optional.empty();
    }

    private String lost() {
        return reference.kind().kind() + " " + reference.namespace() + "/" + reference.name()
                + " was deleted from cluster '" + reference.cluster() + "' by somebody else";
    }

    private Optional<Ended> told(GenericKubernetesResource seen) {
        try {
            if (conditions.isEmpty()) {
                conditions = ResourceManifest.end(seen).map(ResourceEnds::new);
            }
        } catch (IllegalArgumentException changedByOthers) {
            return Optional.of(failed(FailureKind.USER, changedByOthers.getMessage()));
        }
        return conditions.isEmpty()
                ? Optional.of(failed(
                        FailureKind.PLATFORM, "the resource has lost the annotations that say when it has ended"))
                : conditions.get().of(seen);
    }

    /** What becomes of it when no controller has taken it up for so long. */
    Ended notTakenUp(Duration waited) {
        return failed(
                FailureKind.PLATFORM,
                "no controller has taken up " + reference.kind().kind() + " " + reference.namespace() + "/"
                        + reference.name() + " within " + waited.toSeconds() + " s: is the operator of "
                        + reference.kind().qualified() + " running?");
    }

    private static Ended failed(FailureKind kind, String message) {
        return new Ended(OptionalInt.empty(), Optional.of(kind), message);
    }

    /** Tells what the cluster warns of, if there is anything new. */
    void tellWarnings(List<Event> events) {
        List<JobEvent> newest = Warnings.of(events);
        if (!newest.isEmpty() && !newest.equals(warned)) {
            warned = newest;
            tell(new Observation.Described(Map.of(JobEvent.DETAIL, JobEvent.write(newest))));
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
