package io.tidegate.executor.kubernetes;

import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Access;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Limits;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import io.tidegate.executor.kubernetes.settings.KubernetesSettings;
import io.tidegate.executor.kubernetes.settings.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests and benchmarks on a real cluster ask of the executor and of it. */
final class ClusterRequests {
    static final Timing TIMING = new Timing(
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(20));

    private ClusterRequests() {}

    static Timing pending(Duration pending) {
        return new Timing(pending, TIMING.grace(), TIMING.deadlineMargin(), TIMING.keepFinished(), TIMING.listEvery());
    }

    static ClusterSettings cluster(String namespace, Timing timing, List<String> hostPaths) {
        return cluster(namespace, timing, new Security(Set.of(), hostPaths, false));
    }

    static ClusterSettings cluster(String namespace, Timing timing, Security security) {
        return new ClusterSettings(
                "real",
                new Access.Kubeconfig(Optional.empty(), Optional.empty()),
                List.of(namespace),
                Optional.empty(),
                new Limits(500, 500, 16),
                timing,
                security);
    }

    static KubernetesSettings settings(Path folder, ClusterSettings cluster) {
        return settings(FakeCluster.OURS, folder, cluster);
    }

    static KubernetesSettings settings(InstallationId installation, Path folder, ClusterSettings cluster) {
        return new KubernetesSettings(installation, folder.resolve("attempts"), 16 << 20, List.of(cluster));
    }

    static KubernetesPod pod() {
        return FakeCluster.pod(RealCluster.IMAGE);
    }

    static KubernetesPod pod(Map<String, KubernetesPod.Volume> volumes) {
        KubernetesPod pod = pod();
        return new KubernetesPod(
                pod.place(), pod.container(), pod.resources(), pod.scheduling(), volumes, pod.template());
    }

    static KubernetesPod pod(KubernetesPod.Container container) {
        KubernetesPod pod = pod();
        return new KubernetesPod(
                pod.place(), container, pod.resources(), pod.scheduling(), pod.volumes(), pod.template());
    }

    static KubernetesPod pod(KubernetesPod.Resources resources, KubernetesPod.Scheduling scheduling) {
        KubernetesPod pod = pod();
        return new KubernetesPod(pod.place(), pod.container(), resources, scheduling, pod.volumes(), pod.template());
    }

    static KubernetesPod.Container image(String name, String pullPolicy) {
        return new KubernetesPod.Container(
                Optional.of(name), Optional.of(pullPolicy), Optional.empty(), List.of(), Map.of());
    }
}
