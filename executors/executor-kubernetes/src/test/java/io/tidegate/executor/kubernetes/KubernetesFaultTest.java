package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between the executor and a cluster, and what comes of it. */
@Timeout(60)
final class KubernetesFaultTest extends FakeClusterFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private void reopen(Duration pending, Duration listEvery) {
        executor.close();
        executor = cluster.open(FakeCluster.cluster(pending, listEvery));
    }

    private LaunchRequest request(String script) {
        return new LaunchRequest(
                new LaunchKey("run-1-step-1"),
                new AttemptIdentity(new DagId("flights"), "team \u00fc / ml", "run-1", new StepId("step"), 1),
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

    private RecordingListener watch(ExternalJob job) {
        RecordingListener listener = new RecordingListener();
        executor.watch(job, listener);
        return listener;
    }

    private String log(ExternalJob job) throws IOException {
        return new String(executor.output(job.key()).readLog(0, 1 << 20), StandardCharsets.UTF_8);
    }

    @Test
    void aJobOfOursThatIsThereIsAdoptedAndAnothersIsLeftAlone() throws IOException {
        ExternalJob job = launch("true");
        watch(job).awaitEnd();
        Files.delete(folder.resolve("attempts/run-1-step-1/kubernetes-job.json"));

        assertThat(launch("true")).isEqualTo(job);
        assertThat(executor.find(job.key())).isEqualTo(new FindResult.Found(job));

        Files.delete(folder.resolve("attempts/run-1-step-1/kubernetes-job.json"));
        cluster.objects.update(
                "jobs",
                job.key().value(),
                object -> object.withObject("/metadata/labels").put("tidegate.io/launch-key", "other"));
        LaunchResult result = executor.launch(request("true"));
        assertThat(result).isInstanceOfSatisfying(LaunchResult.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(FailureKind.PLATFORM);
            assertThat(rejected.message()).contains("run-1-step-1", "not Tidegate's");
        });
    }

    @Test
    void aLostAnswerLeavesOneJobWhichIsFound() {
        cluster.api.fail(FakeApi.Fault.lostAnswer("POST", "/jobs"));

        ExternalJob job = launch("true");

        assertThat(cluster.objects.list("jobs").path("items")).hasSize(1);
        assertThat(executor.find(job.key())).isEqualTo(new FindResult.Found(job));
        assertThat(watch(job).awaitEnd()).isEqualTo(Observation.Ended.succeeded());
    }

    @Test
    void anAnswerThatNeverComesIsUnknownAndTheJobIsFoundLater() {
        cluster.api.fail(FakeApi.Fault.lostAnswer("POST", "/jobs"));
        cluster.api.fail(FakeApi.Fault.refusal("POST", "/jobs", 10, 500, Map.of()));

        LaunchResult result = executor.launch(request("true"));

        assertThat(result).isInstanceOf(LaunchResult.Unknown.class);
        assertThat(executor.find(new LaunchKey("run-1-step-1"))).isInstanceOf(FindResult.Found.class);
        assertThat(cluster.objects.list("jobs").path("items")).hasSize(1);
    }

    @Test
    void retryAfterIsHonoured() {
        cluster.api.fail(FakeApi.Fault.refusal("POST", "/jobs", 1, 429, Map.of("Retry-After", "2")));
        long before = System.nanoTime();

        ExternalJob job = launch("true");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(1900));
        assertThat(cluster.api.requests("POST", "jobs")).isEqualTo(2);
        assertThat(watch(job).awaitEnd()).isEqualTo(Observation.Ended.succeeded());
    }

    @ParameterizedTest
    @CsvSource({"403, PLATFORM", "422, USER", "404, PLATFORM", "401, PLATFORM", "400, USER"})
    void aRefusalHasAKind(int code, FailureKind kind) {
        cluster.api.fail(FakeApi.Fault.refusal("POST", "/jobs", 1, code, Map.of()));

        assertThat(executor.launch(request("true"))).isInstanceOfSatisfying(LaunchResult.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(kind);
            assertThat(rejected.message()).contains("the test wants it so");
        });
    }

    @Test
    void whatASilentWatchDoesNotTellIsFoundByListing() {
        reopen(LONG, SHORT);
        ExternalJob job = launch("while [ ! -e gate ]; do sleep 0.05; done".replace("gate", folder + "/gate"));
        RecordingListener listener = watch(job);
        listener.awaitRunning();
        await().atMost(PATIENCE).until(() -> executor.states().get(0).watching());
        cluster.api.silenceWatches();

        openGate();

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
    }

    private void openGate() {
        try {
            Files.createFile(folder.resolve("gate"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aJobDeletedUnderASilentWatchIsLost() {
        reopen(LONG, SHORT);
        ExternalJob job = launch("sleep 100");
        RecordingListener listener = watch(job);
        listener.awaitRunning();
        cluster.api.silenceWatches();

        cluster.kubelet.vanish(job.key().value());

        assertThat(listener.awaitEnd().failure()).contains(FailureKind.LOST);
    }

    @Test
    void aJobDeletedByOthersIsLostAtOnceAlthoughItsProgramEndsWell() {
        ExternalJob job = launch("trap 'exit 0' TERM; while :; do sleep 0.05; done");
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        cluster.kubelet.deleteJob(job.key().value());

        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.LOST);
        assertThat(ended.message()).contains("deleted by someone");
    }

    @Test
    void aPodThatEndedWhileNoServerWasThereIsReadAtOnce() throws IOException {
        ExternalJob job = launch("echo last words; exit 3");
        executor.close();
        await().atMost(PATIENCE)
                .until(() -> cluster.objects.list("pods").toString().contains("\"exitCode\":3"));
        executor = cluster.open();
        int created = cluster.api.requests("POST", "jobs");

        assertThat(watch(job).awaitEnd()).isEqualTo(Observation.Ended.failed(FailureKind.USER, 3, "exit code 3"));
        assertThat(log(job)).isEqualTo("last words\n");
        assertThat(cluster.api.requests("POST", "jobs")).isEqualTo(created);
        assertThat(cluster.api.requests("GET", "log")).isLessThanOrEqualTo(2);
    }

    @Test
    void anEndThatWasRecordedOutlivesTheJob() {
        ExternalJob job = launch("exit 5");
        Observation.Ended ended = watch(job).awaitEnd();
        cluster.kubelet.vanish(job.key().value());
        executor.close();
        executor = cluster.open();

        assertThat(watch(job).awaitEnd()).isEqualTo(ended);
        assertThat(executor.find(job.key())).isEqualTo(new FindResult.Found(job));
    }

    @Test
    void cancelDeletesTheJobAndWaitsForTheEnd() {
        ExternalJob job = launch("sleep 100");
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        executor.cancel(job);

        assertThat(listener.awaitEnd())
                .isEqualTo(Observation.Ended.failed(FailureKind.USER, 143, "killed by SIGTERM (exit 143)"));
        await().atMost(PATIENCE)
                .until(() -> cluster.objects.get("jobs", job.key().value()).isEmpty());
        assertThat(cluster.api.requests("DELETE", "jobs")).isEqualTo(1);
    }

    @Test
    void threeRequestsAreEnoughForAJobThatGoesWell() {
        ExternalJob job = launch("echo hello; sleep 1");
        watch(job).awaitEnd();

        int requests = cluster.api.requests("POST", "jobs")
                + cluster.api.requests("GET", "log")
                + cluster.api.requests("DELETE", "jobs");
        assertThat(requests).isLessThanOrEqualTo(3);
        assertThat(executor.requests().get("main")).containsOnlyKeys("create", "log");
    }

    @Test
    void aPodThatIsNeverStartedFailsWithItsReasonAndItsJobIsDeleted() {
        reopen(SHORT, LONG);
        cluster.kubelet.startNoPods();
        ExternalJob job = launch("true");
        RecordingListener listener = watch(job);
        cluster.objects.update(
                "pods",
                FakeKubelet.podOf(job.key().value()),
                pod -> pod.withObject("/status")
                        .putArray("conditions")
                        .addObject()
                        .put("type", "PodScheduled")
                        .put("status", "False")
                        .put("reason", "Unschedulable")
                        .put("message", "0/1 nodes are available: 1 Insufficient cpu."));

        Observation.Ended ended = listener.awaitEnd();

        assertThat(ended.failure()).contains(FailureKind.PLATFORM);
        assertThat(ended.message()).contains("no node takes pod", "Insufficient cpu");
        assertThat(cluster.objects.get("jobs", job.key().value())).isEmpty();
        assertThat(listener.observations())
                .anySatisfy(seen -> assertThat(seen)
                        .isInstanceOfSatisfying(
                                Observation.Described.class,
                                described -> assertThat(described.details().get(Observation.Described.REASON))
                                        .contains("Insufficient cpu")));
    }

    @Test
    void anImageThatCannotBePulledIsNamed() {
        reopen(Duration.ofSeconds(5), LONG);
        cluster.kubelet.startNoPods();
        ExternalJob job = launch("true");
        RecordingListener listener = watch(job);
        ObjectNode waiting = FakeObjects.JSON
                .createObjectNode()
                .put("reason", "ImagePullBackOff")
                .put("message", "Back-off pulling image: manifest unknown");
        cluster.kubelet.state(FakeKubelet.podOf(job.key().value()), "Pending", "waiting", waiting);

        Observation.Ended ended = listener.awaitEnd();

        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).contains("image localhost/busybox:1 cannot be pulled", "manifest unknown");
    }

    @Test
    void aMalformedObjectDoesNotKeepOthersFromEnding() {
        for (int number = 0; number < 3; number++) {
            ObjectNode pod =
                    FakeObjects.JSON.createObjectNode().put("kind", "Pod").put("apiVersion", "v1");
            ObjectNode metadata =
                    pod.putObject("metadata").put("name", "odd-" + number).put("namespace", "jobs");
            metadata.putObject("labels")
                    .put("app.kubernetes.io/managed-by", "tidegate")
                    .put("tidegate.io/launch-key", number == 0 ? "../../etc" : "run-1-step-1");
            if (number == 2) {
                pod.putObject("status").putArray("containerStatuses").addObject();
            }
            cluster.objects.create("pods", pod);
        }

        assertThat(watch(launch("true")).awaitEnd()).isEqualTo(Observation.Ended.succeeded());
    }

    @Test
    void aReportThatWasCutLosesItsFirstLineAndSaysSo() throws IOException {
        ExternalJob job = launch("i=0; while [ $i -lt 300 ]; do echo \"{\\\"number\\\": $i}\" >> $TIDEGATE_OUTPUT;"
                + " i=$((i+1)); done; echo '{\"padding\": \"" + "x".repeat(500) + "\"}' >> $TIDEGATE_OUTPUT");
        assertThat(watch(job).awaitEnd()).isEqualTo(Observation.Ended.succeeded());

        String report = new String(executor.output(job.key()).report().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(report).startsWith("{\"number\": ").endsWith("}\n").hasSizeLessThan(4096);
        assertThat(log(job)).contains("4096 bytes", "TIDEGATE_API");
    }

    @Test
    void labelsAndAnnotationsTellWhoseItIs() {
        ExternalJob job = launch("true");

        ObjectNode made = cluster.objects.get("jobs", job.key().value()).orElseThrow();
        assertThat(made.at("/metadata/labels").toString())
                .contains(
                        "\"tidegate.io/installation\":\"ours\"",
                        "\"tidegate.io/dag\":\"flights\"",
                        "\"tidegate.io/run\":\"run-1\"",
                        "\"tidegate.io/step\":\"step\"",
                        "\"tidegate.io/attempt\":\"1\"",
                        "\"tidegate.io/owner\":\"team-----ml\"");
        assertThat(made.at("/metadata/annotations/tidegate.io~1owner").asText()).isEqualTo("team \u00fc / ml");
        assertThat(made.at("/spec/template/metadata/labels/tidegate.io~1installation")
                        .asText())
                .isEqualTo("ours");
        assertThat(made.at("/spec/backoffLimit").asInt(-1)).isZero();
        assertThat(made.at("/spec/podReplacementPolicy").asText()).isEqualTo("Failed");
        assertThat(made.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(600 + 300 + 60);
        assertThat(made.at("/spec/ttlSecondsAfterFinished").asInt()).isEqualTo(3600);
        assertThat(made.at("/spec/template/spec/restartPolicy").asText()).isEqualTo("Never");
    }
}
