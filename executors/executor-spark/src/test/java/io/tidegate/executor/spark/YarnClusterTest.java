package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorFixture;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real resource manager with an older Spark, mostly in cluster mode. An application there takes ten seconds and more, so this is what
 * only a cluster can show.
 */
@Timeout(180)
final class YarnClusterTest extends ExecutorFixture {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static YarnFixture yarn;
    private static Path sessionJar;

    private final String run = "yarn-" + RUNS.incrementAndGet();

    @BeforeAll
    static void startCluster(@TempDir Path shared) throws IOException {
        yarn = new YarnFixture(new YarnServers(shared), shared);
        sessionJar = TestHome.sessionApplication(TestHome.YARN, shared);
    }

    @AfterAll
    static void stopCluster() {
        yarn.servers().close();
    }

    @AfterEach
    void awaitSubmits() {
        SubmitsOver.awaitAll(folder.resolve("attempts"));
    }

    @Override
    protected String runId() {
        return run;
    }

    @Override
    protected Executor open(InstallationId installation) {
        return yarn.open(installation, folder);
    }

    @Override
    protected ContractWorkloads workloads() {
        return applications();
    }

    private static ApplicationWorkloads applications() {
        return new ApplicationWorkloads(sessionJar, "SessionApplication");
    }

    @Override
    protected ExecutorSettings settings() {
        return yarn.settings(DeployMode.CLUSTER, Map.of());
    }

    @Override
    protected void vanish(ExternalJob job) {
        FileTrees.delete(folder.resolve("attempts").resolve(job.key().value()));
    }

    private static Map<String, String> descriptions(RecordingListener listener) {
        Map<String, String> all = new HashMap<>();
        listener.observations().stream()
                .filter(Observation.Described.class::isInstance)
                .map(Observation.Described.class::cast)
                .forEach(described -> all.putAll(described.details()));
        return all;
    }

    @Test
    void aDriverInTheClusterIsDescribedListedFoundAgainAndReadWhileItRuns() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        assertThat(descriptions(listener)).containsKeys(ClusterDriver.APPLICATION_ID, ClusterDriver.TRACKING_URL);
        await().atMost(PATIENCE).until(() -> report(request.key()).contains("hello"));
        await().atMost(PATIENCE)
                .until(() -> log(request.key()).lines().filter("hello"::equals).count() == 2);
        assertThat(executor().list())
                .allSatisfy(listing -> assertThat(listing.problem()).isEmpty())
                .flatExtracting(ClusterListing::jobs)
                .filteredOn(ListedJob::active)
                .extracting(listed -> listed.job().key())
                .containsExactly(request.key());
        executor().close();
        Executor restarted = reopened();
        assertThat(restarted.find(request.key())).isEqualTo(new FindResult.Found(job));
        assertThat(restarted.launch(request)).isEqualTo(new LaunchResult.Accepted(job));
        RecordingListener later = new RecordingListener();
        restarted.watch(job, later);
        openGate("gate");

        assertThat(later.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void anExitCodeComesBackWithWhatTheDriverLeft() {
        LaunchRequest request = request(
                workloads().printsAndWaits("last words", openGate("gate"), 3), Map.of("GREETING", "two words ü"));

        Observation.Ended ended = run(request);

        assertThat(ended).isEqualTo(Observation.Ended.failed(FailureKind.USER, 3, "exit code 3"));
        assertThat(report(request.key())).contains("last words");
        assertThat(log(request.key())).contains("last words");
    }

    @Test
    void theStepsVariablesAndTheDocumentArrive() {
        LaunchRequest request = request(workloads().reportsSpecification());

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());
        assertThat(report(request.key())).isEqualTo(request.specification());
    }

    @Test
    void killingTheSubmitChangesNothing() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0))
                .with(yarn.settings(DeployMode.CLUSTER, Map.of("spark.yarn.submit.waitAppCompletion", "true")));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        ProcessHandle submit =
                ProcessHandle.of(Long.parseLong(job.externalId())).orElseThrow();
        submit.descendants().forEach(ProcessHandle::destroyForcibly);
        submit.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !submit.isAlive());
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(report(request.key())).contains("hello");
    }

    @Test
    void anApplicationWhoseFolderIsGoneIsFoundByItsTagAndKilled() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0));
        ExternalJob job = launch(request);
        watch(job).awaitRunning();
        await().atMost(PATIENCE).until(() -> report(request.key()).contains("hello"));
        executor().close();
        vanish(job);
        Executor restored = reopened();

        FindResult found = restored.find(request.key());

        assertThat(found).isInstanceOf(FindResult.Found.class);
        ExternalJob adopted = ((FindResult.Found) found).job();
        assertThat(adopted.externalId()).startsWith("application_");
        RecordingListener listener = new RecordingListener();
        restored.watch(adopted, listener);
        listener.awaitRunning();
        restored.cancel(adopted);
        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).contains("the application was killed");
        assertThat(report(request.key())).contains("hello");
    }

    @Test
    void aDriverOnThisMachineIsDescribedTellsItsProgressAndEndsWithItsExitCode() {
        LaunchRequest request =
                request(applications().waitsInStage(gate("gate"))).with(yarn.settings(DeployMode.CLIENT, Map.of()));
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
