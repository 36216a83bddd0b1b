package io.tidegate.executor.kubernetes;

import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Access;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Limits;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import io.tidegate.executor.kubernetes.settings.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What tests and benchmarks on a real cluster have in common. */
final class RealCluster {
    static final String IMAGE = System.getProperty("tidegate.kubernetes.image", "localhost/busybox:1");

    private RealCluster() {}

    static String namespace() {
        return "tidegate-test-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static ClusterSettings settings(String namespace, List<String> hostPaths) {
        return settings(namespace, new Security(Set.of(), hostPaths, false));
    }

    static ClusterSettings settings(String namespace, Security security) {
        return new ClusterSettings(
                "real",
                new Access.Kubeconfig(Optional.empty(), Optional.empty()),
                List.of(namespace),
                Optional.empty(),
                new Limits(500, 500, 16),
                new Timing(
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(20)),
                security);
    }

    static KubernetesPod pod(Map<String, KubernetesPod.Volume> volumes) {
        KubernetesPod pod = FakeCluster.pod(IMAGE);
        return new KubernetesPod(
                pod.place(), pod.container(), pod.resources(), pod.scheduling(), volumes, pod.template());
    }
}
