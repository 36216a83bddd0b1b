package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several Tidegates on one cluster: which Jobs are whose. */
@Timeout(60)
final class InstallationTest extends FakeClusterFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LaunchKey KEY = new LaunchKey("run-1-step-1");

    private LaunchRequest request(String script) {
        return new LaunchRequest(
                KEY,
                new AttemptIdentity(new DagId("flights"), "team", "run-1", new StepId("step"), 1),
                FakeCluster.settings(),
                new Workload.CommandLine(List.of("sh", "-c", script)),
                new LaunchRequest.Surroundings(folder.toString(), Map.of(), "{}"),
                Duration.ofMinutes(10));
    }

    private ExternalJob launch(String script) {
        LaunchResult result = executor.launch(request(script));
        assertThat(result).isInstanceOf(LaunchResult.Accepted.class);
        return ((LaunchResult.Accepted) result).job();
    }

    @Test
    void aJobOfAnotherInstallationIsNeitherAdoptedNorFoundNorListed() throws IOException {
        ExternalJob job = launch("sleep 100");
        Files.delete(folder.resolve("attempts/run-1-step-1/kubernetes-job.json"));
        mark(job, "theirs");

        assertThat(executor.launch(request("true"))).isInstanceOfSatisfying(LaunchResult.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(FailureKind.PLATFORM);
            assertThat(rejected.message())
                    .contains("Job run-1-step-1 that installation theirs of Tidegate made", "a namespace of its own");
        });
        assertThat(executor.find(job.key())).isEqualTo(new FindResult.NotFound());
        assertThat(executor.list()).flatExtracting(ClusterListing::jobs).isEmpty();
    }

    private void mark(ExternalJob job, String installation) {
        cluster.objects.update(
                "jobs",
                job.key().value(),
                object -> object.withObject("/metadata/labels").put("tidegate.io/installation", installation));
    }

    @Test
    void aJobFromBeforeThereWereInstallationsIsAdoptedAndListedWithoutAMark() throws IOException {
        ExternalJob job = launch("sleep 100");
        Files.delete(folder.resolve("attempts/run-1-step-1/kubernetes-job.json"));
        cluster.objects.update(
                "jobs",
                job.key().value(),
                object -> object.withObject("/metadata/labels").remove("tidegate.io/installation"));

        assertThat(executor.list())
                .flatExtracting(ClusterListing::jobs)
                .singleElement()
                .matches(listed -> listed.active() && !listed.marked());
        assertThat(launch("sleep 100")).isEqualTo(job);
    }

    @Test
    void anOrphanOfThisInstallationIsListedAndDeletedWithoutItsFolder() {
        ExternalJob job = launch("sleep 100");
        RecordingListener listener = new RecordingListener();
        executor.watch(job, listener);
        listener.awaitRunning();
        executor.close();
        executor = cluster.withoutFolders();

        ListedJob orphan = executor.list().get(0).jobs().get(0);
        assertThat(orphan).matches(ListedJob::marked).extracting(ListedJob::job).isEqualTo(job);
        executor.cancel(orphan.job());

        await().atMost(PATIENCE)
                .until(() -> cluster.objects.get("jobs", job.key().value()).isEmpty());
        assertThat(executor.list()).flatExtracting(ClusterListing::jobs).isEmpty();
    }
}
