package io.tidegate.executor.kubernetes.end;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation.Ended;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Ends that came from outside the program. */
final class Interruptions {
    private static final Map<String, String> DISRUPTIONS = Map.of(
            "PreemptionByScheduler", "gave way to a pod of higher priority",
            "DeletionByTaintManager", "was deleted because its node was lost or tainted",
            "EvictionByEvictionAPI", "was evicted, as when a node is drained",
            "DeletionByPodGC", "was deleted because its node is gone",
            "TerminationByKubelet", "was ended by its node");

    private Interruptions() {}

    /** A pod that was being deleted when its program ended. */
    static Ended of(Optional<Job> job, Pod pod, OptionalInt exitCode) {
        Optional<Ended> known = job.filter(Interruptions::isPastDeadline)
                .map(found -> timedOut(job))
                .or(() -> disruption(pod));
        if (known.isPresent()) {
            return known.get();
        }
        Ended lost = lost(job, Optional.of(pod));
        String code = exitCode.isPresent() ? "; the program then ended with exit code " + exitCode.getAsInt() : "";
        return Ended.lost(lost.message() + code);
    }

    static Ended lost(Optional<Job> job, Optional<Pod> pod) {
        boolean jobGone = job.isEmpty() || job.get().getMetadata().getDeletionTimestamp() != null;
        if (jobGone) {
            return Ended.lost(
                    "the Job was deleted by someone, alone or with its namespace, before its program had ended");
        }
        return Ended.lost(pod.map(found -> "pod " + PodStates.name(found) + " was deleted by someone")
                        .orElse("the Job's pod is gone")
                + " before its program had ended");
    }

    /** What the Job itself says of its end; empty when that is nothing. */
    static Optional<Ended> ofJob(Job job) {
        if (isPastDeadline(job)) {
            return Optional.of(timedOut(Optional.of(job)));
        }
        return conditions(job).stream()
                .filter(condition -> isTrue(condition.getStatus()) && "Complete".equals(condition.getType()))
                .findFirst()
                .map(complete -> Ended.succeeded());
    }

    private static boolean isPastDeadline(Job job) {
        return conditions(job).stream()
                .anyMatch(
                        condition -> isTrue(condition.getStatus()) && "DeadlineExceeded".equals(condition.getReason()));
    }

    private static List<JobCondition> conditions(Job job) {
        return job.getStatus() == null || job.getStatus().getConditions() == null
                ? List.of()
                : job.getStatus().getConditions();
    }

    static Ended timedOut(Optional<Job> job) {
        String deadline = job.map(found -> found.getSpec().getActiveDeadlineSeconds())
                .map(seconds -> " of " + seconds + " s")
                .orElse("");
        return PodEnds.failed(
                FailureKind.TIMEOUT, "Kubernetes ended the Job, which went on beyond its deadline" + deadline);
    }

    static Optional<Ended> disruption(Pod pod) {
        List<PodCondition> conditions =
                pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
        return conditions.stream()
                .filter(condition -> "DisruptionTarget".equals(condition.getType()) && isTrue(condition.getStatus()))
                .findFirst()
                .map(condition -> PodEnds.failed(
                        FailureKind.PLATFORM,
                        "pod " + PodStates.name(pod) + " on node "
                                + PodStates.node(pod).orElse("?") + " "
                                + DISRUPTIONS.getOrDefault(
                                        PodStates.text(condition.getReason(), ""), "was ended by the cluster")
                                + ": " + PodStates.text(condition.getMessage(), "no reason given")));
    }

    private static boolean isTrue(String status) {
        return "True".equals(status);
    }
}
