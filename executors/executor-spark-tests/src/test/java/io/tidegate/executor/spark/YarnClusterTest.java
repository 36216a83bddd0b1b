package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.testkit.RecordingListener;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real resource manager and node manager. */
final class YarnClusterTest extends ClusterContract {
    @Override
    TestCluster cluster() {
        return YarnServers.shared();
    }

    @Test
    void variablesArriveWhateverAShellWouldReadInThem() {
        String value = "$HOME `id` $(id) \\ \"double\" 'single'";
        LaunchRequest request = request(workloads().reportsEnvironment(), Map.of("GREETING", value));

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());
        assertThat(report(request.key()).split("\0")).contains("GREETING=" + value);
    }

    @Test
    void aSubmitThatWaitsForItsApplicationMayBeKilled() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0))
                .with(settings(DeployMode.CLUSTER, Map.of("spark.yarn.submit.waitAppCompletion", "true")));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);
        listener.awaitRunning();
        assertThat(descriptions(listener)).containsKeys(ClusterDriver.APPLICATION_ID, ClusterDriver.TRACKING_URL);

        kill(job);
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(report(request.key())).contains("hello");
    }

    @Test
    void aDriverOnThisMachineIsDescribedTellsItsProgressAndEndsWithItsExitCode() {
        LaunchRequest request = request(YarnServers.shared().workloads().waitsInStage(gate("gate")))
                .with(settings(DeployMode.CLIENT, Map.of()));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(descriptions(listener))
                        .containsKeys(ClusterDriver.APPLICATION_ID, ClusterDriver.TRACKING_URL));
        ExternalJob described = job.described(descriptions(listener));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(executor().progress(described))
                        .hasValueSatisfying(
                                progress -> assertThat(progress.message()).isEqualTo("stage 1 of 1, 3 of 4 tasks")));
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(listener.ends()).hasSize(1);
    }
}
