package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorContract;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The contract on a real cluster. Its node must see this machine's temporary folder. */
@NeedsCluster
class KubernetesClusterTest extends ExecutorContract {
    private RealCluster cluster;

    @AfterEach
    void deleteNamespace() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected final Executor open(InstallationId installation) {
        if (cluster == null) {
            cluster = RealCluster.open();
            prepare(cluster);
        }
        return new KubernetesExecutor(
                ClusterRequests.settings(
                        installation,
                        folder,
                        ClusterRequests.cluster(
                                cluster.namespace(), ClusterRequests.TIMING, List.of(folder.toString()))),
                InstantSource.system(),
                this::access);
    }

    /** Makes what the executor needs to be in the namespace. */
    void prepare(RealCluster made) {}

    /** Who the executor is on the cluster. */
    Config access(ClusterSettings settings) {
        return ClientSettings.find(settings, System.getenv());
    }

    @Override
    protected final ContractWorkloads workloads() {
        return new PodWorkloads();
    }

    @Override
    protected final ExecutorSettings settings() {
        KubernetesPod.Volume shared = new KubernetesPod.Volume(
                KubernetesPod.VolumeSource.HOST_PATH, folder.toString(), folder.toString(), false);
        return new ExecutorSettings.Kubernetes(ClusterRequests.pod(Map.of("shared", shared)));
    }

    @Override
    protected final void vanish(ExternalJob job) {
        cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName(job.key().value())
                .withGracePeriod(0)
                .delete();
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("tidegate.io/launch-key", job.key().value())
                .withGracePeriod(0)
                .delete();
    }

    @Override
    protected final boolean seesProgramsBeforeLaunch() {
        return false;
    }

    @Override
    protected final boolean tellsReportWhileRunning() {
        return false;
    }
}
