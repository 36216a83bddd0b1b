package io.tidegate.executor.kubernetes.end;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.tidegate.executor.kubernetes.manifest.JobManifest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Questions about a pod, each answered also where the cluster has not filled in the field. */
public final class PodStates {
    private static final int LONGEST_TEXT = 1000;
    /** How long a node may take to clean up after a pod's programs have ended. */
    private static final Duration NODES_LAST_WORD = Duration.ofSeconds(60);

    private PodStates() {}

    /** The pod's name. */
    public static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    /** The node the pod was given to. */
    public static Optional<String> node(Pod pod) {
        return pod.getSpec() == null
                ? Optional.empty()
                : Optional.ofNullable(pod.getSpec().getNodeName());
    }

    static String phase(Pod pod) {
        return pod.getStatus() == null ? "" : text(pod.getStatus().getPhase(), "");
    }

    /** Whether the step's program has been started. */
    public static boolean hasStarted(Pod pod) {
        return state(pod)
                .map(state -> state.getRunning() != null || state.getTerminated() != null)
                .orElse(false);
    }

    /** Whether any of its containers has been started. */
    public static boolean hasAnyStarted(Pod pod) {
        return statuses(pod).stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state != null && (state.getRunning() != null || state.getTerminated() != null));
    }

    /** Whether somebody has asked for the pod's deletion. */
    public static boolean isBeingDeleted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /**
     * The earliest time at which the pod's deletion may have been asked for. The cluster writes down when the grace period ends; but the node, when
     * it has ended the pod, overwrites it with the time of its own last word and a grace period of 0.
     */
    static Optional<Instant> deletionAskedSince(Pod pod) {
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        Optional<Instant> end = time(pod.getMetadata().getDeletionTimestamp());
        if (grace != null && grace > 0) {
            return end.map(at -> at.minusSeconds(grace));
        }
        Long whole = pod.getSpec().getTerminationGracePeriodSeconds();
        return end.map(at -> at.minusSeconds(whole == null ? 0 : whole).minus(NODES_LAST_WORD));
    }

    /** How the step's own container ended; empty while it has not. */
    public static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return state(pod).map(ContainerState::getTerminated);
    }

    static Optional<ContainerState> state(Pod pod) {
        return statuses(pod).stream()
                .filter(status -> JobManifest.CONTAINER.equals(status.getName()))
                .findFirst()
                .map(ContainerStatus::getState);
    }

    static List<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? List.of()
                : pod.getStatus().getContainerStatuses();
    }

    /** Whether containers beside the step's own still run, which Kubernetes would let go on for ever. */
    public static boolean hasCompanyRunning(Pod pod) {
        return statuses(pod).stream()
                .filter(status -> !JobManifest.CONTAINER.equals(status.getName()))
                .anyMatch(
                        status -> status.getState() != null && status.getState().getRunning() != null);
    }

    /** Names of all containers that write logs: the step's own first. */
    public static List<String> containers(Pod pod) {
        return java.util.stream.Stream.concat(
                        pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .map(Container::getName)
                .sorted(java.util.Comparator.comparing(name -> !JobManifest.CONTAINER.equals(name)))
                .toList();
    }

    static Optional<String> limit(Pod pod, String resource) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> JobManifest.CONTAINER.equals(container.getName()))
                .findFirst()
                .map(Container::getResources)
                .map(resources -> resources.getLimits())
                .map(limits -> limits.get(resource))
                .map(Quantity::toString);
    }

    /** A time of the cluster; empty when there is none or it is no time. */
    public static Optional<Instant> time(String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    static String text(String value, String otherwise) {
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        String line = value.strip();
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "..." : line;
    }
}
