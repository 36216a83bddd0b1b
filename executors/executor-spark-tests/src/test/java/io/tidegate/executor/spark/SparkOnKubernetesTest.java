package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.testkit.RecordingListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Drivers and executors in pods of a real Kubernetes. */
@Tag("cluster")
final class SparkOnKubernetesTest extends ClusterContract {
    @Override
    TestCluster cluster() {
        return KubernetesNamespace.shared();
    }

    @Test
    void anApplicationIsDescribedTellsItsProgressAndEndsWell() {
        LaunchRequest request = request(KubernetesNamespace.shared().sessions().waitsInStage(gate("gate")));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(descriptions(listener))
                        .containsKeys(ClusterDriver.APPLICATION_ID, ClusterDriver.TRACKING_URL, "pod", "node"));
        ExternalJob described = job.described(descriptions(listener));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(executor().progress(described))
                        .hasValueSatisfying(
                                progress -> assertThat(progress.message()).isEqualTo("stage 1 of 1, 3 of 4 tasks")));
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(described.details()).containsEntry("historyServer", "http://history:18080");
    }
}
