package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorFixture;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real master and worker. What the contract asks beyond this is asked of the submit's process by {@link SparkExecutorTest}; a standalone
 * master knows no exit codes, so the contract as it is cannot be met in cluster mode.
 */
@Timeout(180)
final class StandaloneClusterTest extends ExecutorFixture {
    private static final String PROFILE = "standalone";
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static StandaloneServers servers;
    private static Path sessionJar;

    private final String run = "standalone-" + RUNS.incrementAndGet();

    @BeforeAll
    static void startCluster(@TempDir Path shared) throws IOException {
        servers = new StandaloneServers(shared.resolve("cluster"));
        sessionJar = TestHome.sessionApplication(TestHome.BUNDLED, shared);
    }

    @AfterAll
    static void stopCluster() {
        servers.close();
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
        return open(installation, folder.resolve("attempts"));
    }

    private static SparkExecutor open(InstallationId installation, Path attempts) {
        SparkProfile profile = new SparkProfile(
                PROFILE,
                TestHome.BUNDLED,
                Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
                Optional.of(servers.master()),
                Optional.of(servers.pages()),
                Optional.of("http://history:18080"));
        return new SparkExecutor(
                new SparkSettings(TestHome.BUNDLED, attempts.resolveSibling("cache"), SparkSettings.Archives.NEVER)
                        .withProfiles(Map.of(PROFILE, profile))
                        .withLookInterval(Duration.ofMillis(200)),
                ProcessSettings.defaults(installation, attempts).withGrace(Duration.ofSeconds(1)),
                InstantSource.system());
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
        return settings(DeployMode.CLUSTER);
    }

    private static ExecutorSettings settings(DeployMode mode) {
        return new ExecutorSettings.Spark(
                new SparkTarget(
                        Optional.of(PROFILE), Optional.empty(), Optional.of(mode), Optional.empty(), Optional.empty()),
                SparkResources.of("512m"),
                SparkDependencies.NONE,
                false,
                Map.of("spark.executor.memory", "512m", "spark.cores.max", "1", "spark.ui.enabled", "false"));
    }

    @Override
    protected void vanish(ExternalJob job) {
        throw new UnsupportedOperationException("a standalone master keeps what has ended");
    }

    @Test
    void aDriverInTheClusterIsDescribedListedFoundAgainAndReadWhileItRuns() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        await().atMost(PATIENCE)
                .until(() -> log(request.key()).lines().filter("hello"::equals).count() == 2);
        assertThat(report(request.key())).contains("hello");
        assertThat(executor().list())
                .filteredOn(listing -> listing.cluster().equals(PROFILE))
                .flatExtracting(ClusterListing::jobs)
                .anySatisfy(listed -> {
                    assertThat(listed.job().key()).isEqualTo(request.key());
                    assertThat(listed.active()).isTrue();
                });
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(descriptions(listener)).containsKeys("driverId", ClusterDriver.APPLICATION_ID));
        executor().close();
        Executor restarted = reopened();
        assertThat(restarted.find(request.key())).isEqualTo(new FindResult.Found(job));
        assertThat(restarted.launch(request)).isEqualTo(new LaunchResult.Accepted(job));
        RecordingListener later = new RecordingListener();
        restarted.watch(job, later);
        openGate("gate");

        assertThat(later.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(listener.ends()).isEmpty();
        assertThat(job.details()).containsEntry("historyServer", "http://history:18080");
    }

    @Test
    void anApplicationThatNobodyKnowsIsListedAndKilledWithoutItsFolder() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0));
        watch(launch(request)).awaitRunning();
        executor().close();

        try (SparkExecutor restored = open(INSTALLATION, folder.resolve("restored"))) {
            await().atMost(PATIENCE).until(() -> active(restored, request.key()).size() == 1);
            ListedJob orphan = active(restored, request.key()).get(0);
            assertThat(orphan.marked()).isTrue();
            restored.cancel(orphan.job());

            await().atMost(PATIENCE).until(() -> active(restored, request.key()).isEmpty());
        }
    }

    private static List<ListedJob> active(Executor executor, LaunchKey key) {
        return executor.list().stream()
                .flatMap(listing -> listing.jobs().stream())
                .filter(listed -> listed.active() && listed.job().key().equals(key))
                .toList();
    }

    private static Map<String, String> descriptions(RecordingListener listener) {
        Map<String, String> all = new java.util.HashMap<>();
        listener.observations().stream()
                .filter(Observation.Described.class::isInstance)
                .map(Observation.Described.class::cast)
                .forEach(described -> all.putAll(described.details()));
        return all;
    }

    @Test
    void aDriverThatFailsIsTheAuthorsAndItsWordsAreKept() {
        LaunchRequest request = request(workloads().printsAndWaits("last words", openGate("gate"), 7));

        Observation.Ended ended = run(request);

        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).isEqualTo("the driver failed; its log says why");
        assertThat(log(request.key())).contains("last words");
    }

    @Test
    void cancellingKillsTheDriver() {
        ExternalJob job = launch(request(workloads().printsAndWaits("hello", gate("gate"), 0)));
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        executor().cancel(job);
        executor().cancel(job);

        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).isEqualTo("the driver was killed");
    }

    @Test
    void aDriverOnThisMachineIsDescribedByItsClusterAndEndsWithItsExitCode() {
        LaunchRequest request =
                request(workloads().printsAndWaits("hello", gate("gate"), 3)).with(settings(DeployMode.CLIENT));
        RecordingListener listener = watch(launch(request));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(descriptions(listener)).containsKey(ClusterDriver.APPLICATION_ID));
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.failed(FailureKind.USER, 3, "exit code 3"));
        assertThat(listener.ends()).hasSize(1);
    }

    @Test
    void pythonInTheClusterIsRejectedWithTheWayOut() throws IOException {
        Path script = java.nio.file.Files.writeString(folder.resolve("a.py"), "");
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
                .filteredOn(listing -> listing.cluster().equals(PROFILE))
                .allSatisfy(listing -> assertThat(listing.problem()).isEmpty());
        LaunchRequest request = request(workloads().exits(0)).with(settings);
        launch(request);

        assertThat(executor().list())
                .filteredOn(listing -> listing.cluster().equals("spark://127.0.0.1:1"))
                .allSatisfy(listing -> assertThat(listing.problem()).isPresent());
        executor().cancel(new ExternalJob(request.key(), "1", Map.of()));
    }
}
