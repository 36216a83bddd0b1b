package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.Timing;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An executor on a namespace of a real cluster, and what tests of faults do with both. */
@NeedsCluster
@Timeout(240)
abstract class ClusterFixture {
    static final Duration PATIENCE = Duration.ofSeconds(150);
    static final String KEY = "run-1-step-1";

    @TempDir
    Path folder;

    RealCluster cluster;
    KubernetesExecutor executor;

    @BeforeEach
    final void open() {
        cluster = RealCluster.open();
        reopen(ClusterRequests.TIMING);
    }

    @AfterEach
    final void close() {
        executor.close();
        cluster.close();
    }

    /** Another executor over the same attempts, as that of a server that starts again. */
    final void reopen(Timing timing) {
        if (executor != null) {
            executor.close();
        }
        executor = new KubernetesExecutor(
                ClusterRequests.settings(folder, ClusterRequests.cluster(cluster.namespace(), timing, List.of())),
                InstantSource.system(),
                this::access);
    }

    /** How the executor reaches the cluster. */
    Config access(ClusterSettings settings) {
        return ClientSettings.find(settings, System.getenv());
    }

    final LaunchRequest request(KubernetesPod pod, String script, Duration timeout) {
        return new LaunchRequest(
                new LaunchKey(KEY),
                new AttemptIdentity(new DagId("flights"), "team", "run-1", new StepId("step"), 1),
                new ExecutorSettings.Kubernetes(pod),
                new Workload.CommandLine(List.of("sh", "-c", script)),
                new LaunchRequest.Surroundings(folder.toString(), Map.of(), "{}"),
                timeout);
    }

    final LaunchResult tryToLaunch(KubernetesPod pod, String script) {
        return executor.launch(request(pod, script, Duration.ofMinutes(10)));
    }

    final ExternalJob launch(KubernetesPod pod, String script) {
        return accepted(tryToLaunch(pod, script));
    }

    final ExternalJob launch(String script) {
        return launch(ClusterRequests.pod(), script);
    }

    static ExternalJob accepted(LaunchResult result) {
        assertThat(result).isInstanceOf(LaunchResult.Accepted.class);
        return ((LaunchResult.Accepted) result).job();
    }

    final RecordingListener watch(ExternalJob job) {
        RecordingListener listener = new RecordingListener();
        executor.watch(job, listener);
        return listener;
    }

    /** Launches and waits until the program runs. */
    final RecordingListener running(KubernetesPod pod, String script) {
        RecordingListener listener = watch(launch(pod, script));
        listener.awaitRunning();
        return listener;
    }

    final RecordingListener running(String script) {
        return running(ClusterRequests.pod(), script);
    }

    /** How it ended, told once. */
    static Observation.Ended end(RecordingListener listener) {
        await("the attempt's end").atMost(PATIENCE).until(() -> !listener.ends().isEmpty());
        assertThat(listener.ends()).hasSize(1);
        return listener.ends().get(0);
    }

    /** Waits for the end, which must be a failure of this kind whose sentence has these words, and leave nothing behind. */
    final void assertFails(RecordingListener listener, FailureKind kind, String... words) {
        Observation.Ended ended = end(listener);
        assertThat(ended.failure()).as(ended.message()).contains(kind);
        assertThat(ended.message()).contains(words);
        assertNothingActive();
    }

    /** Neither does the cluster run anything of this test, nor does the executor think that it does. */
    final void assertNothingActive() {
        cluster.awaitNothingActive();
        await("no active job is listed")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(executor.list())
                        .allSatisfy(listing -> assertThat(listing.problem()).isEmpty())
                        .flatExtracting(ClusterListing::jobs)
                        .filteredOn(ListedJob::active)
                        .isEmpty());
    }

    final void awaitNoJob() {
        await("the Job's deletion").atMost(PATIENCE).until(() -> cluster.jobs().isEmpty());
    }

    final String log() throws IOException {
        return new String(executor.output(new LaunchKey(KEY)).readLog(0, 1 << 20), StandardCharsets.UTF_8);
    }
}
