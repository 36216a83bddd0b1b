package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Access;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Limits;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import io.tidegate.executor.kubernetes.settings.KubernetesSettings;
import io.tidegate.executor.kubernetes.settings.Timing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster within the test's own process, and executors over it. */
final class FakeCluster implements AutoCloseable {
    static final String NAMESPACE = "jobs";
    static final InstallationId OURS = new InstallationId("ours");

    final FakeObjects objects = new FakeObjects();
    final FakeKubelet kubelet;
    final FakeApi api;
    private final Path folder;

    FakeCluster(Path folder) {
        this.folder = folder;
        try {
            kubelet = new FakeKubelet(objects, Files.createTempDirectory(folder, "kubelet"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api = new FakeApi(objects, kubelet);
    }

    static ExecutorSettings settings() {
        return new ExecutorSettings.Kubernetes(pod("localhost/busybox:1"));
    }

    static KubernetesPod pod(String image) {
        KubernetesPod empty = KubernetesPod.EMPTY;
        return new KubernetesPod(
                empty.place(),
                new KubernetesPod.Container(
                        Optional.of(image), Optional.of("Never"), Optional.empty(), List.of(), Map.of()),
                empty.resources(),
                empty.scheduling(),
                Map.of(),
                Optional.empty());
    }

    /** Waits, and lists, as long as is told here. */
    static ClusterSettings cluster(Duration pending, Duration listEvery) {
        return new ClusterSettings(
                "main",
                new Access.InCluster(),
                List.of(NAMESPACE),
                Optional.empty(),
                new Limits(1000, 1000, 16),
                new Timing(pending, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1), listEvery),
                Security.STRICT);
    }

    KubernetesExecutor open() {
        return open(OURS);
    }

    KubernetesExecutor open(InstallationId installation) {
        return open(installation, cluster(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    KubernetesExecutor open(ClusterSettings cluster) {
        return open(OURS, cluster);
    }

    /** One that finds no folder of any attempt. */
    KubernetesExecutor withoutFolders() {
        return open(OURS, cluster(Duration.ofMinutes(5), Duration.ofMinutes(5)), folder.resolve("restored"));
    }

    private KubernetesExecutor open(InstallationId installation, ClusterSettings cluster) {
        return open(installation, cluster, folder.resolve("attempts"));
    }

    private KubernetesExecutor open(InstallationId installation, ClusterSettings cluster, Path attempts) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(api.url())
                .withOnlyHttpWatches(true)
                .build();
        return new KubernetesExecutor(
                new KubernetesSettings(installation, attempts, 16 << 20, List.of(cluster)),
                InstantSource.system(),
                settings -> config);
    }

    @Override
    public void close() {
        kubelet.close();
        api.close();
    }
}
