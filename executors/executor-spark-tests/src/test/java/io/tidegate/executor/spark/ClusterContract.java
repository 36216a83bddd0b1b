package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorContract;
import io.tidegate.executor.testkit.RecordingListener;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/** What every cluster must do with drivers that run in it: the contract, and that the submit does not matter once it has submitted. */
@ResourceLock(providers = ClusterContract.Alone.class)
abstract class ClusterContract extends ExecutorContract {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final String run =
            "run-" + RUNS.incrementAndGet() + "-" + ProcessHandle.current().pid();

    /** The test in which a cluster forgets what it had runs while no other does. */
    static final class Alone implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
            boolean alone = method.getName().equals("aJobThatIsGoneWithoutATraceIsLostAndNeverASuccess");
            return Set.of(new Lock("clusters", alone ? ResourceAccessMode.READ_WRITE : ResourceAccessMode.READ));
        }
    }

    /** The cluster under test. */
    abstract TestCluster cluster();

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
        return new SparkExecutor(
                new SparkSettings(TestHome.BUNDLED, folder.resolve("cache"), SparkSettings.Archives.NEVER)
                        .withProfiles(
                                Map.of(cluster().profile().name(), cluster().profile()))
                        .withLookInterval(Duration.ofMillis(300)),
                ProcessSettings.defaults(installation, folder.resolve("attempts"))
                        .withGrace(Duration.ofSeconds(1)),
                InstantSource.system());
    }

    @Override
    protected ContractWorkloads workloads() {
        return cluster().workloads();
    }

    @Override
    protected ExecutorSettings settings() {
        return settings(DeployMode.CLUSTER, Map.of());
    }

    final ExecutorSettings settings(DeployMode mode, Map<String, String> more) {
        Map<String, String> configuration = new HashMap<>(cluster().configuration());
        configuration.putAll(more);
        return new ExecutorSettings.Spark(
                new SparkTarget(
                        Optional.of(cluster().profile().name()),
                        Optional.empty(),
                        Optional.of(mode),
                        Optional.empty(),
                        Optional.empty()),
                SparkResources.of("512m"),
                SparkDependencies.NONE,
                false,
                configuration);
    }

    @Override
    protected void vanish(ExternalJob job) {
        cluster().forget(job);
    }

    /** All that has been described of a job. */
    static Map<String, String> descriptions(RecordingListener listener) {
        Map<String, String> all = new HashMap<>();
        listener.observations().stream()
                .filter(Observation.Described.class::isInstance)
                .map(Observation.Described.class::cast)
                .forEach(described -> all.putAll(described.details()));
        return all;
    }

    static void kill(ExternalJob submit) {
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(submit.externalId())).orElseThrow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    @Test
    void aDriverWhoseSubmitWasKilledAndWhoseFolderIsGoneIsFoundByItsMarkAndKilled() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0));
        ExternalJob job = launch(request);
        RecordingListener first = watch(job);
        first.awaitRunning();
        ProcessHandle.of(Long.parseLong(job.externalId())).ifPresent(running -> kill(job));
        assertThat(first.ends()).isEmpty();
        executor().close();
        FileTrees.delete(folder.resolve("attempts").resolve(request.key().value()));

        Executor restored = reopened();
        ExternalJob adopted = ((io.tidegate.executor.FindResult.Found) restored.find(request.key())).job();
        RecordingListener listener = new RecordingListener();
        restored.watch(adopted, listener);
        listener.awaitRunning();
        restored.cancel(adopted);

        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(io.tidegate.executor.FailureKind.USER);
        assertThat(ended.message()).containsAnyOf("killed", "cancelled");
    }
}
