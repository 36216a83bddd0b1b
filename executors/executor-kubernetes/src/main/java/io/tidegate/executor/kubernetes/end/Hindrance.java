package io.tidegate.executor.kubernetes.end;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why an attempt's program has not been started yet.
 *
 * @param kind whose fault it is, should it stay so
 * @param sentence what people are told
 * @param patience how long it may stay so before the attempt fails
 * @param isUsual whether every attempt goes through it for a while
 */
public record Hindrance(FailureKind kind, String sentence, Patience patience, boolean isUsual) {
    Hindrance(FailureKind kind, String sentence, Patience patience) {
        this(kind, sentence, patience, false);
    }

    /** How long to wait. */
    public enum Patience {
        /** Waiting does not help. */
        NONE,
        /** It may be a passing trouble, but hardly a long one. */
        SHORT,
        /** Others may make room. */
        PENDING
    }

    private static final Set<String> HOPELESS = Set.of("InvalidImageName", "ErrImageNeverPull");
    private static final Set<String> PULLING = Set.of("ErrImagePull", "ImagePullBackOff", "RegistryUnavailable");
    private static final Set<String> CONFIGURATION =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
    private static final List<String> AUTHORS_FAULT =
            List.of("not found", "manifest unknown", "denied", "unauthorized", "InvalidImageName", "not present");

    /** The attempt's end when patience is over. */
    public Ended end() {
        return PodEnds.failed(kind, sentence);
    }

    /** What keeps a pod from starting the step's program; empty when it has started or is being deleted. */
    public static Optional<Hindrance> of(Pod pod) {
        if (PodStates.hasStarted(pod) || PodStates.isBeingDeleted(pod) || "Failed".equals(PodStates.phase(pod))) {
            return Optional.empty();
        }
        Optional<Hindrance> container = allStatuses(pod).stream()
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .flatMap(status -> ofWaiting(pod, status, status.getState().getWaiting()).stream())
                .findFirst();
        return container
                .or(() -> unschedulable(pod))
                .or(() -> Optional.of(new Hindrance(
                        FailureKind.PLATFORM,
                        "pod " + PodStates.name(pod) + " on node "
                                + PodStates.node(pod).orElse("(none yet)") + " was not started in time",
                        Patience.PENDING,
                        true)));
    }

    private static List<ContainerStatus> allStatuses(Pod pod) {
        List<ContainerStatus> all = new ArrayList<>(PodStates.statuses(pod));
        if (pod.getStatus() != null) {
            all.addAll(pod.getStatus().getInitContainerStatuses());
        }
        return all;
    }

    private static Optional<Hindrance> ofWaiting(Pod pod, ContainerStatus status, ContainerStateWaiting waiting) {
        String reason = PodStates.text(waiting.getReason(), "");
        String message = PodStates.text(waiting.getMessage(), reason);
        if (HOPELESS.contains(reason) || PULLING.contains(reason)) {
            boolean author = HOPELESS.contains(reason) || AUTHORS_FAULT.stream().anyMatch(message::contains);
            return Optional.of(new Hindrance(
                    author ? FailureKind.USER : FailureKind.PLATFORM,
                    "image " + image(pod, status.getName()) + " cannot be pulled (" + reason + "): " + message,
                    HOPELESS.contains(reason) ? Patience.NONE : Patience.SHORT));
        }
        if (CONFIGURATION.contains(reason)) {
            return Optional.of(new Hindrance(
                    FailureKind.USER,
                    "container '" + status.getName() + "' cannot be made (" + reason + "): " + message,
                    Patience.SHORT));
        }
        return Optional.empty();
    }

    private static String image(Pod pod, String container) {
        List<Container> all = new ArrayList<>(pod.getSpec().getContainers());
        all.addAll(pod.getSpec().getInitContainers());
        return all.stream()
                .filter(one -> one.getName().equals(container))
                .findFirst()
                .map(Container::getImage)
                .orElse("?");
    }

    private static Optional<Hindrance> unschedulable(Pod pod) {
        List<PodCondition> conditions =
                pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
        return conditions.stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst()
                .map(condition -> new Hindrance(
                        FailureKind.PLATFORM,
                        "no node takes pod " + PodStates.name(pod) + ": "
                                + PodStates.text(condition.getMessage(), "the scheduler gives no reason"),
                        Patience.PENDING));
    }

    /**
     * Why a Job has no pod.
     *
     * @param events what the cluster tells of the Job, in any order
     */
    public static Hindrance withoutPod(List<Event> events) {
        List<String> reasons = events.stream()
                .filter(event -> "FailedCreate".equals(event.getReason()))
                .map(event -> PodStates.text(event.getMessage(), ""))
                .filter(message -> !message.isEmpty())
                .toList();
        if (reasons.isEmpty()) {
            return new Hindrance(
                    FailureKind.PLATFORM, "the cluster made no pod for the Job in time", Patience.PENDING, true);
        }
        String newest = reasons.get(reasons.size() - 1);
        if (newest.contains("exceeded quota")) {
            return new Hindrance(
                    FailureKind.PLATFORM, "the namespace's quota has no room for the pod: " + newest, Patience.PENDING);
        }
        boolean denied = newest.contains("denied the request")
                || newest.contains("violates PodSecurity")
                || newest.contains("is forbidden")
                || newest.contains("is invalid");
        return new Hindrance(
                denied ? FailureKind.USER : FailureKind.PLATFORM,
                (denied ? "the cluster does not admit the pod: " : "the cluster could not make the pod: ") + newest,
                denied ? Patience.SHORT : Patience.PENDING);
    }
}
