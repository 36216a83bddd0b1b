package io.tidegate.executor.kubernetes;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorContract;
import org.junit.jupiter.api.AfterEach;

/** The contract, on a cluster within the test's own process. */
final class KubernetesExecutorTest extends ExecutorContract {
    private FakeCluster cluster;

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Override
    protected Executor open(InstallationId installation) {
        if (cluster == null) {
            cluster = new FakeCluster(folder);
        }
        return cluster.open(installation);
    }

    @Override
    protected ContractWorkloads workloads() {
        return new PodWorkloads();
    }

    @Override
    protected ExecutorSettings settings() {
        return FakeCluster.settings();
    }

    @Override
    protected void vanish(ExternalJob job) {
        cluster.kubelet.vanish(job.key().value());
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
