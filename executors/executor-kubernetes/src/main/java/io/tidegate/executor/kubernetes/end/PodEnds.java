package io.tidegate.executor.kubernetes.end;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.process.ExitMessages;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an attempt ended, from what the cluster says. The exit code in the pod's status is evidence enough; the Job's own condition comes
 * a second later and adds nothing.
 */
public final class PodEnds {
    private static final String OUT_OF_MEMORY = "OOMKilled";
    // The kubelet writes this, with exit code 137, when it does not know how a container ended.
    private static final String STATUS_UNKNOWN = "ContainerStatusUnknown";

    private PodEnds() {}

    /**
     * The end of a pod that the cluster still has; empty while it may go on.
     *
     * @param job the Job as the cluster has it; empty when it is gone
     * @param cancelled whether we asked for the end
     */
    public static Optional<Ended> of(Optional<Job> job, Pod pod, boolean cancelled) {
        Optional<ContainerStateTerminated> terminated = PodStates.terminated(pod);
        if (terminated.isPresent() && !STATUS_UNKNOWN.equals(terminated.get().getReason())) {
            boolean interrupted = !cancelled && endedAfterDeletion(pod, terminated.get());
            return Optional.of(
                    interrupted
                            ? Interruptions.of(job, pod, exitCode(terminated.get()))
                            : ofContainer(job, pod, terminated.get()));
        }
        if ("Failed".equals(PodStates.phase(pod))) {
            return Optional.of(ofFailedPod(job, pod));
        }
        return Optional.empty();
    }

    /** Whether the pod's end is one that {@link #of} can only judge knowing how the Job is now. */
    public static boolean dependsOnJob(Pod pod, boolean cancelled) {
        return !cancelled
                && PodStates.isBeingDeleted(pod)
                && PodStates.terminated(pod)
                        .map(terminated -> endedAfterDeletion(pod, terminated))
                        .orElse(false);
    }

    /**
     * Deleting a pod sends its program SIGTERM, and one that then ends well has not done its work. Times are whole seconds: in doubt it is no
     * success.
     */
    private static boolean endedAfterDeletion(Pod pod, ContainerStateTerminated terminated) {
        Optional<Instant> askedAt = PodStates.deletionAskedSince(pod);
        Optional<Instant> endedAt = PodStates.time(terminated.getFinishedAt());
        return askedAt.isPresent() && (endedAt.isEmpty() || !endedAt.get().isBefore(askedAt.get()));
    }

    private static Ended ofContainer(Optional<Job> job, Pod pod, ContainerStateTerminated terminated) {
        int exitCode = exitCode(terminated).orElse(1);
        if (exitCode == 0) {
            return Ended.succeeded();
        }
        if (pod.getStatus().getReason() != null) {
            return ofFailedPod(job, pod);
        }
        if (OUT_OF_MEMORY.equals(terminated.getReason())) {
            return Ended.failed(FailureKind.USER, exitCode, outOfMemory(pod) + " (exit " + exitCode + ")");
        }
        if ("StartError".equals(terminated.getReason()) || "ContainerCannotRun".equals(terminated.getReason())) {
            return Ended.failed(
                    FailureKind.USER,
                    exitCode,
                    "the program could not be started: " + PodStates.text(terminated.getMessage(), "no reason given"));
        }
        return ExitMessages.ended(exitCode);
    }

    /** The kernel kills at the limit and not before, so that a container's peak is its limit. No cluster keeps a better figure of a dead one. */
    private static String outOfMemory(Pod pod) {
        return PodStates.limit(pod, "memory")
                .map(limit ->
                        "out of memory: the container's peak reached its limit of " + limit + " and it was killed")
                .orElse(
                        "out of memory: the container has no limit of its own, and was killed when its node or its pod had no"
                                + " more; give the step resources.memory");
    }

    private static Ended ofFailedPod(Optional<Job> job, Pod pod) {
        String reason = PodStates.text(pod.getStatus().getReason(), "");
        String message = PodStates.text(pod.getStatus().getMessage(), "no reason given");
        String name = PodStates.name(pod);
        switch (reason) {
            case "Evicted":
                return failed(
                        message.contains("exceeds the")
                                        || message.contains("exceeded its local ephemeral storage limit")
                                ? FailureKind.USER
                                : FailureKind.PLATFORM,
                        "pod " + name + " was evicted from its node: " + message);
            case "DeadlineExceeded":
                return Interruptions.timedOut(job);
            case "NodeLost", "NodeShutdown", "Shutdown", "Terminated":
                return failed(
                        FailureKind.PLATFORM,
                        "node " + PodStates.node(pod).orElse("?") + " went away under pod " + name + ": " + message);
            default:
                break;
        }
        return Interruptions.disruption(pod)
                .or(() -> initContainer(pod))
                .orElseGet(() -> failed(
                        FailureKind.PLATFORM,
                        "pod " + name + " failed" + (reason.isEmpty() ? "" : " (" + reason + ")") + ": " + message));
    }

    private static Optional<Ended> initContainer(Pod pod) {
        for (ContainerStatus status : pod.getStatus().getInitContainerStatuses()) {
            ContainerStateTerminated terminated =
                    status.getState() == null ? null : status.getState().getTerminated();
            if (terminated != null && exitCode(terminated).orElse(1) != 0) {
                int code = exitCode(terminated).orElse(1);
                return Optional.of(Ended.failed(
                        FailureKind.USER,
                        code,
                        "init container '" + status.getName() + "' ended first: "
                                + ExitMessages.ended(code).message()));
            }
        }
        return Optional.empty();
    }

    private static OptionalInt exitCode(ContainerStateTerminated terminated) {
        return terminated.getExitCode() == null ? OptionalInt.empty() : OptionalInt.of(terminated.getExitCode());
    }

    static Ended failed(FailureKind kind, String message) {
        return new Ended(OptionalInt.empty(), Optional.of(kind), message);
    }

    /**
     * The end of an attempt of which the cluster has no pod any more.
     *
     * @param job the Job as the cluster has it; empty when it is gone
     * @param last the pod as it was last seen; empty when none was ever seen
     */
    public static Ended withoutPod(Optional<Job> job, Optional<Pod> last) {
        Optional<Ended> ofJob = job.flatMap(Interruptions::ofJob);
        return ofJob.or(() -> last.flatMap(Interruptions::disruption)).orElseGet(() -> Interruptions.lost(job, last));
    }

    /** The end that a Job without a pod tells of; empty while it may still get one. */
    public static Optional<Ended> ofJobAlone(Job job) {
        return Interruptions.ofJob(job);
    }

    /** The end of an attempt that we asked to end, when no exit code was seen. */
    public static Ended cancelled() {
        return failed(FailureKind.USER, "ended because it was asked to; the program's exit code was not seen");
    }
}
