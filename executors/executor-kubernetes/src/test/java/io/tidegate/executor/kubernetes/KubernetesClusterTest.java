package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.kubernetes.settings.KubernetesSettings;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorContract;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/**
 * The contract, on the cluster that KUBECONFIG names. Its node must see this machine's temporary folder, and know an image with a shell, whose
 * name the system property {@code tidegate.kubernetes.image} may change.
 */
@Tag("cluster")
final class KubernetesClusterTest extends ExecutorContract {
    private KubernetesClient client;
    private String namespace;

    @AfterEach
    void deleteNamespace() {
        if (client != null) {
            client.namespaces().withName(namespace).delete();
            client.close();
        }
    }

    @Override
    protected Executor open(InstallationId installation) {
        if (client == null) {
            assertThat(System.getenv("KUBECONFIG"))
                    .as("KUBECONFIG names the cluster that these tests run on")
                    .isNotBlank();
            client = new KubernetesClientBuilder().build();
            namespace = RealCluster.namespace();
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        return new KubernetesExecutor(
                new KubernetesSettings(
                        installation,
                        folder.resolve("attempts"),
                        16 << 20,
                        List.of(RealCluster.settings(namespace, List.of(folder.toString())))),
                InstantSource.system());
    }

    @Override
    protected ContractWorkloads workloads() {
        return new PodWorkloads();
    }

    @Override
    protected ExecutorSettings settings() {
        KubernetesPod.Volume shared = new KubernetesPod.Volume(
                KubernetesPod.VolumeSource.HOST_PATH, folder.toString(), folder.toString(), false);
        return new ExecutorSettings.Kubernetes(RealCluster.pod(Map.of("shared", shared)));
    }

    @Override
    protected void vanish(ExternalJob job) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(job.key().value())
                .withGracePeriod(0)
                .delete();
        client.pods()
                .inNamespace(namespace)
                .withLabel("tidegate.io/launch-key", job.key().value())
                .withGracePeriod(0)
                .delete();
    }

    @Override
    protected boolean seesProgramsBeforeLaunch() {
        return false;
    }

    @Override
    protected boolean tellsReportWhileRunning() {
        return false;
    }
}
