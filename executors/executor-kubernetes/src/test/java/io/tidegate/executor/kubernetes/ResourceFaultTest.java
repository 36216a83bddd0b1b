package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.Observation.Running;
import io.tidegate.executor.Workload.CustomResource;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Custom resources as attempts, and what may go wrong with them. The test plays the controller: it writes the status. */
@Timeout(60)
final class ResourceFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String NAME = ResourceWorkload.KEY.value();

    @TempDir
    private Path folder;

    private FakeCluster cluster;
    private KubernetesExecutor executor;

    @BeforeEach
    void open() {
        cluster = new FakeCluster(folder);
        executor = cluster.open(ResourceWorkload.cluster(LONG, LONG, Set.of("pytorchjobs.kubeflow.org")));
    }

    @AfterEach
    void close() {
        executor.close();
        cluster.close();
    }

    private void reopen(Duration pending, Duration listEvery) {
        executor.close();
        executor = cluster.open(ResourceWorkload.cluster(pending, listEvery, Set.of("pytorchjobs.kubeflow.org")));
    }

    private LaunchResult launch(CustomResource work) {
        return executor.launch(ResourceWorkload.request(folder, work));
    }

    private ExternalJob launched(boolean keep) {
        LaunchResult result =
                launch(ResourceWorkload.of(ResourceWorkload.manifest(ResourceWorkload.pod()), Map.of(), keep));
        assertThat(result).isInstanceOf(LaunchResult.Accepted.class);
        return ((LaunchResult.Accepted) result).job();
    }

    private RecordingListener watch(ExternalJob job) {
        RecordingListener listener = new RecordingListener();
        executor.watch(job, listener);
        return listener;
    }

    private void condition(String type, String message) {
        cluster.objects.update(
                FakeKinds.TRAINING,
                NAME,
                object -> object.withObject("/status")
                        .putArray("conditions")
                        .addObject()
                        .put("type", type)
                        .put("status", "True")
                        .put("message", message));
    }

    private Optional<ObjectNode> resource() {
        return cluster.objects.get(FakeKinds.TRAINING, NAME);
    }

    private void assertRejected(LaunchResult result, FailureKind kind, String... words) {
        assertThat(result).isInstanceOfSatisfying(LaunchResult.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(kind);
            assertThat(rejected.message()).contains(words);
        });
        assertThat(resource()).isEmpty();
    }

    @Test
    void whatIsMadeCarriesNameLabelsAndTheAuthorsSpecification() {
        launched(false);

        ObjectNode made = resource().orElseThrow();
        assertThat(made.path("kind").asText()).isEqualTo("PyTorchJob");
        assertThat(made.at("/metadata/namespace").asText()).isEqualTo(FakeCluster.NAMESPACE);
        assertThat(made.at("/metadata/labels").path("team").asText()).isEqualTo("ml");
        assertThat(made.at("/metadata/labels").path("tidegate.io/launch-key").asText())
                .isEqualTo(NAME);
        assertThat(made.at("/spec/pytorchReplicaSpecs/Master/template/spec/containers/0/name")
                        .asText())
                .isEqualTo("pytorch");
        assertThat(made.at("/spec/pytorchReplicaSpecs/Master/template/spec/automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void itEndsWhenItsConditionHoldsAndIsThenDeleted() {
        RecordingListener listener = watch(launched(false));
        condition("Created", "");
        await().atMost(PATIENCE).until(() -> listener.observations().contains(new Running()));

        condition("Succeeded", "");

        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
        await().atMost(PATIENCE).until(() -> resource().isEmpty());
    }

    @Test
    void itFailsWithTheControllersMessage() {
        RecordingListener listener = watch(launched(false));

        condition("Failed", "worker 1 ran out of memory");

        Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).isEqualTo("worker 1 ran out of memory");
        await().atMost(PATIENCE).until(() -> resource().isEmpty());
    }

    @Test
    void aConditionThatCanNeverBeDecidedFailsTheAttempt() {
        RecordingListener listener = watch(launched(false));

        cluster.objects.update(
                FakeKinds.TRAINING, NAME, object -> object.withObject("/status").put("conditions", "none"));

        Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).contains("cannot be decided");
    }

    @Test
    void oneThatIsKeptStays() {
        RecordingListener listener = watch(launched(true));

        condition("Succeeded", "");

        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
        assertThat(resource()).isPresent();
        assertThat(executor.list().get(0).jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.active()).isFalse());
    }

    @Test
    void oneOfOursThatIsThereIsAdoptedAndAnothersIsLeftAlone() throws IOException {
        ExternalJob job = launched(false);
        Path known = folder.resolve("attempts/" + NAME + "/kubernetes-job.json");
        Files.delete(known);

        assertThat(launched(false)).isEqualTo(job);
        Files.delete(known);
        assertThat(executor.find(job.key())).isEqualTo(new FindResult.Found(job));
        assertThat(executor.list().get(0).jobs())
                .singleElement()
                .satisfies(listed -> assertThat(listed.job()).isEqualTo(job));

        Files.delete(known);
        cluster.objects.update(
                FakeKinds.TRAINING,
                NAME,
                object -> object.withObject("/metadata/labels").put("tidegate.io/launch-key", "other"));
        assertThat(launch(ResourceWorkload.of(ResourceWorkload.manifest(ResourceWorkload.pod()), Map.of(), false)))
                .isInstanceOfSatisfying(
                        LaunchResult.Rejected.class,
                        rejected -> assertThat(rejected.message()).contains(NAME, "not Tidegate's"));
    }

    @Test
    void aLostAnswerLeavesOneWhichIsFound() {
        cluster.api.fail(FakeApi.Fault.lostAnswer("POST", "/pytorchjobs"));

        ExternalJob job = launched(false);

        assertThat(cluster.objects.list(FakeKinds.TRAINING).path("items")).hasSize(1);
        assertThat(executor.find(job.key())).isEqualTo(new FindResult.Found(job));
    }

    @Test
    void oneThatIsDeletedByOthersIsLostAtOnce() {
        RecordingListener listener = watch(launched(false));

        cluster.objects.remove(FakeKinds.TRAINING, NAME);

        assertThat(listener.awaitEnd().failure()).contains(FailureKind.LOST);
    }

    @Test
    void aListingFindsWhatASilentWatchDidNotTell() {
        reopen(LONG, SHORT);
        RecordingListener listener = watch(launched(false));
        await().atMost(PATIENCE).until(() -> cluster.api.requests("WATCH", FakeKinds.TRAINING) > 0);
        cluster.api.silenceWatches();

        condition("Succeeded", "");

        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
    }

    @Test
    void aListingFindsThatItIsGoneWhenTheWatchIsSilent() {
        reopen(LONG, SHORT);
        RecordingListener listener = watch(launched(false));
        await().atMost(PATIENCE).until(() -> cluster.api.requests("WATCH", FakeKinds.TRAINING) > 0);
        cluster.api.silenceWatches();

        cluster.objects.remove(FakeKinds.TRAINING, NAME);

        assertThat(listener.awaitEnd().failure()).contains(FailureKind.LOST);
    }

    @Test
    void aCancelDeletesItAndIsOverWhenItIsGone() {
        cluster.api.holdDeletions();
        ExternalJob job = launched(true);
        RecordingListener listener = watch(job);
        condition("Running", "");

        executor.cancel(job);
        await().atMost(PATIENCE)
                .until(() -> resource().orElseThrow().at("/metadata").has("deletionTimestamp"));
        condition("Failed", "its pods were killed");
        assertThat(listener.ends()).isEmpty();

        cluster.objects.remove(FakeKinds.TRAINING, NAME);
        assertThat(listener.awaitEnd().message()).contains("asked to");
    }

    @Test
    void theNextServerFollowsIt() {
        ExternalJob job = launched(false);
        reopen(LONG, LONG);
        RecordingListener listener = watch(job);

        condition("Succeeded", "");

        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
        reopen(LONG, LONG);
        assertThat(watch(job).awaitEnd()).isEqualTo(Ended.succeeded());
    }

    @Test
    void oneThatNoControllerTakesUpIsDeletedAndFails() {
        reopen(SHORT, LONG);
        RecordingListener listener = watch(launched(false));

        Ended ended = listener.awaitEnd();

        assertThat(ended.failure()).contains(FailureKind.PLATFORM);
        assertThat(ended.message()).contains("no controller", "pytorchjobs.kubeflow.org");
        assertThat(resource()).isEmpty();
    }

    @Test
    void podsThatInheritItsMarksAreNotTakenForTheAttempt() {
        RecordingListener listener = watch(launched(false));
        ObjectNode pod =
                FakeObjects.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("name", "worker-0").put("namespace", FakeCluster.NAMESPACE);
        metadata.set("labels", resource().orElseThrow().at("/metadata/labels"));
        pod.putObject("spec").putArray("containers").addObject().put("name", "pytorch");
        pod.putObject("status").put("phase", "Failed");

        cluster.objects.create("pods", pod);

        Path end = folder.resolve("attempts/" + NAME + "/end.json");
        await().during(Duration.ofSeconds(2)).until(() -> !Files.exists(end));
        condition("Succeeded", "");
        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
    }

    @Test
    void aKindWhoseOperatorIsNotInstalledHindersNothingElse() {
        executor.close();
        executor = cluster.open(ResourceWorkload.cluster(
                LONG, LONG, Set.of("pytorchjobs.kubeflow.org", "sparkapplications.sparkoperator.k8s.io")));
        Map<String, Object> absent = Map.of("apiVersion", "sparkoperator.k8s.io/v1beta2", "kind", "SparkApplication");
        assertRejected(
                launch(ResourceWorkload.of(absent, Map.of(), false)), FailureKind.PLATFORM, "install its operator");

        ExternalJob job = launched(false);

        assertThat(executor.list().get(0).jobs())
                .singleElement()
                .satisfies(listed -> assertThat(listed.job()).isEqualTo(job));
    }

    @Test
    void theLogOfThePodsThatItsLabelsNameIsTheAttempts() throws IOException {
        ObjectNode job = FakeObjects.JSON
                .createObjectNode()
                .put("apiVersion", "batch/v1")
                .put("kind", "Job");
        job.putObject("metadata").put("name", "master").put("namespace", FakeCluster.NAMESPACE);
        job.withObject("/spec/template/metadata/labels").put("job-name", NAME);
        job.withObject("/spec/template/spec")
                .putArray("containers")
                .addObject()
                .put("name", "step")
                .putArray("command")
                .add("sh")
                .add("-c")
                .add("echo epoch 1; echo epoch 2");
        cluster.objects.create("jobs", job);
        cluster.kubelet.run(job);
        LaunchResult result = launch(ResourceWorkload.of(
                ResourceWorkload.manifest(ResourceWorkload.pod()), Map.of("job-name", NAME), false));
        RecordingListener listener = watch(((LaunchResult.Accepted) result).job());
        await().atMost(PATIENCE)
                .until(() -> cluster.objects
                        .get("pods", FakeKubelet.podOf("master"))
                        .orElseThrow()
                        .at("/status/phase")
                        .asText()
                        .equals("Succeeded"));

        condition("Succeeded", "");

        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
        assertThat(new String(executor.output(ResourceWorkload.KEY).readLog(0, 1 << 20), StandardCharsets.UTF_8))
                .isEqualTo("epoch 1\nepoch 2\n");
    }

    @Test
    void whatTheClusterDoesNotAllowIsRefusedBeforeAnythingIsMade() {
        Map<String, Object> sound = ResourceWorkload.manifest(ResourceWorkload.pod());
        executor.close();
        executor = cluster.open(ResourceWorkload.cluster(LONG, LONG, Set.of()));
        assertRejected(
                launch(ResourceWorkload.of(sound, Map.of(), false)),
                FailureKind.USER,
                "PyTorchJob",
                "kubernetes.clusters.main.resources");
        assertThat(cluster.api.requests("GET", "discovery")).isZero();

        reopen(LONG, LONG);
        Map<String, Object> unknown = Map.of("apiVersion", "kubeflow.org/v1", "kind", "TFJob");
        assertRejected(
                launch(ResourceWorkload.of(unknown, Map.of(), false)), FailureKind.PLATFORM, "install its operator");
        assertRejected(
                launch(ResourceWorkload.of(sound, Map.of("app", "others"), false)), FailureKind.USER, "pods of others");
        CustomResource broken = new CustomResource(
                sound, new CustomResource.End("object.status =", Optional.empty(), Optional.empty()), Map.of(), false);
        assertRejected(launch(broken), FailureKind.USER, "succeeds_when");
    }
}
