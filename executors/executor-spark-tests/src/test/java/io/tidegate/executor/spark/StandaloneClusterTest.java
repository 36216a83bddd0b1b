package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real master and worker. */
final class StandaloneClusterTest extends ClusterContract {
    @Override
    TestCluster cluster() {
        return StandaloneServers.shared();
    }

    /** The contract's programs in a session, so that the cluster knows an application beside the driver. */
    private ApplicationWorkloads sessions() throws IOException {
        return new ApplicationWorkloads(TestHome.sessionApplication(TestHome.BUNDLED, folder), "SessionApplication");
    }

    @Test
    void anApplicationOfADriverIsDescribed() throws IOException {
        LaunchRequest request = request(sessions().printsAndWaits("hello", gate("gate"), 0));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(descriptions(listener)).containsKeys("driverId", ClusterDriver.APPLICATION_ID));
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(job.details())
                .containsEntry("historyServer", "http://history:18080")
                .as("a server on any machine can follow it")
                .doesNotContainKey(ExternalJob.BOOT);
    }

    @Test
    void theStepsJavaOptionsReachTheDriverAndNotWhatWaitsForIt() throws IOException {
        Path jar = TestHome.compile(folder, "OptionsApplication", """
                public class OptionsApplication {
                    public static void main(String[] arguments) throws Exception {
                        java.nio.file.Files.writeString(
                                java.nio.file.Path.of(System.getenv("TIDEGATE_OUTPUT")), System.getProperty("my.property"));
                    }
                }
                """);
        LaunchRequest request = request(
                        new Workload.SparkApplication(jar.toString(), "OptionsApplication", List.of(), List.of()))
                .with(
                        settings(
                                DeployMode.CLUSTER,
                                Map.of(
                                        "spark.driver.extraJavaOptions",
                                        "-Dmy.property='a b' -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0")));

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());
        assertThat(report(request.key())).isEqualTo("a b");
    }

    @Test
    void aDriverThatIsKilledOutsideIsToldSo() {
        ExternalJob job = launch(request(workloads().printsAndWaits("hello", gate("gate"), 0)));
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        executor().cancel(job);

        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).isEqualTo("the driver was killed");
    }

    @Test
    void aDriverOnThisMachineIsDescribedByItsClusterAndEndsWithItsExitCode() throws IOException {
        LaunchRequest request = request(sessions().printsAndWaits("hello", gate("gate"), 3))
                .with(settings(DeployMode.CLIENT, Map.of()));
        ExternalJob job = launch(request);
        assertThat(job.details())
                .as("no server on another machine can follow it")
                .containsKey(ExternalJob.BOOT);
        RecordingListener listener = watch(job);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(descriptions(listener)).containsKey(ClusterDriver.APPLICATION_ID));
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.failed(FailureKind.USER, 3, "exit code 3"));
        assertThat(listener.ends()).hasSize(1);
    }

    @Test
    void theProgressOfStagesIsReadFromTheDriversPages() throws IOException {
        LaunchRequest request = request(sessions().waitsInStage(gate("gate")))
                .with(settings(DeployMode.CLUSTER, Map.of("spark.ui.enabled", "true")));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(executor().progress(job.described(descriptions(listener))))
                        .hasValueSatisfying(
                                progress -> assertThat(progress.message()).startsWith("stage 1 of 1, ")));
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
    }

    @Test
    void pythonInTheClusterIsRejectedWithTheWayOut() throws IOException {
        Path script = Files.writeString(folder.resolve("a.py"), "");
        LaunchRequest request = request(new Workload.SparkApplication(script.toString(), "", List.of(), List.of()));

        LaunchResult result = executor().launch(request);

        assertThat(result).isInstanceOf(LaunchResult.Rejected.class);
        assertThat(((LaunchResult.Rejected) result).message()).contains("python");
    }

    @Test
    void aMasterThatIsNotThereIsListedWithItsProblem() {
        SparkTarget nowhere = SparkTarget.of("spark://127.0.0.1:1").withDeployMode(DeployMode.CLUSTER);
        ExecutorSettings.Spark settings =
                new ExecutorSettings.Spark(nowhere, SparkResources.of("512m"), SparkDependencies.NONE, false, Map.of());

        assertThat(executor().list())
                .filteredOn(listing -> listing.cluster().equals(StandaloneServers.PROFILE))
                .allSatisfy(listing -> assertThat(listing.problem()).isEmpty());
        LaunchRequest request = request(workloads().exits(0)).with(settings);
        launch(request);

        assertThat(executor().list())
                .filteredOn(listing -> listing.cluster().equals("spark://127.0.0.1:1"))
                .allSatisfy(listing -> assertThat(listing.problem()).isPresent());
        executor().cancel(new ExternalJob(request.key(), "1", Map.of()));
    }
}
