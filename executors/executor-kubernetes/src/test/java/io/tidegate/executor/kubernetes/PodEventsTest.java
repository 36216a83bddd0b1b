package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.JobEvent;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cluster warns of is told with the attempt, and asked for only where something is not as it should be. */
@Timeout(60)
final class PodEventsTest extends FakeClusterFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final LaunchKey KEY = new LaunchKey("run-1-step-1");

    private RecordingListener run(String script) {
        LaunchResult result = executor.launch(new LaunchRequest(
                KEY,
                new AttemptIdentity(new DagId("flights"), "team", "run-1", new StepId("step"), 1),
                FakeCluster.settings(),
                new Workload.CommandLine(List.of("sh", "-c", script)),
                new LaunchRequest.Surroundings(folder.toString(), Map.of(), "{}"),
                Duration.ofMinutes(10)));
        ExternalJob job = ((LaunchResult.Accepted) result).job();
        RecordingListener listener = new RecordingListener();
        executor.watch(job, listener);
        return listener;
    }

    private void event(String name, String type, String reason, int count) {
        ObjectNode event = FakeObjects.JSON
                .createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Event")
                .put("type", type)
                .put("reason", reason)
                .put("message", reason + " it is")
                .put("count", count)
                .put("lastTimestamp", "2001-01-01T10:00:0" + count + "Z");
        event.putObject("metadata").put("name", name).put("namespace", FakeCluster.NAMESPACE);
        cluster.objects.create("events", event);
    }

    private static List<JobEvent> told(RecordingListener listener) {
        return listener.observations().stream()
                .filter(Observation.Described.class::isInstance)
                .map(observation -> ((Observation.Described) observation).details())
                .filter(details -> details.containsKey(JobEvent.DETAIL))
                .reduce((first, second) -> second)
                .map(JobEvent::of)
                .orElse(List.of());
    }

    @Test
    void aFailureComesWithTheWarningsOfItsPod() {
        event("a", "Normal", "Pulled", 1);
        event("b", "Warning", "BackOff", 3);
        event("c", "Warning", "FailedMount", 2);

        RecordingListener listener = run("exit 3");

        assertThat(listener.awaitEnd().exitCode()).hasValue(3);
        assertThat(told(listener))
                .containsExactly(
                        new JobEvent(Instant.parse("2001-01-01T10:00:02Z"), "FailedMount", "FailedMount it is", 2),
                        new JobEvent(Instant.parse("2001-01-01T10:00:03Z"), "BackOff", "BackOff it is", 3));
    }

    @Test
    void aPodThatFindsNoNodeTellsWhyWhileItWaits() {
        cluster.kubelet.startNoPods();
        event("a", "Warning", "FailedScheduling", 1);
        RecordingListener listener = run("true");
        cluster.objects.update(
                "pods",
                FakeKubelet.podOf(KEY.value()),
                pod -> pod.withObject("/status")
                        .putArray("conditions")
                        .addObject()
                        .put("type", "PodScheduled")
                        .put("status", "False")
                        .put("message", "0/1 nodes are available"));

        await().atMost(PATIENCE).until(() -> !told(listener).isEmpty());

        assertThat(told(listener).get(0).reason()).isEqualTo("FailedScheduling");
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void nobodyAsksForTheEventsOfAGoodJob() {
        RecordingListener listener = run("true");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(cluster.api.requests("GET", "events")).isZero();
    }

    private RecordingListener runResource() {
        executor.close();
        executor = cluster.open(ResourceWorkload.cluster(LONG, LONG, Set.of("pytorchjobs.kubeflow.org")));
        LaunchResult result = executor.launch(ResourceWorkload.request(
                folder, ResourceWorkload.of(ResourceWorkload.manifest(ResourceWorkload.pod()), Map.of(), false)));
        RecordingListener listener = new RecordingListener();
        executor.watch(((LaunchResult.Accepted) result).job(), listener);
        return listener;
    }

    @Test
    void aCustomResourceThatFailsComesWithItsWarnings() {
        event("a", "Warning", "FailedCreatePod", 1);
        RecordingListener listener = runResource();

        cluster.objects.update(
                FakeKinds.TRAINING,
                ResourceWorkload.KEY.value(),
                object -> object.withObject("/status")
                        .putArray("conditions")
                        .addObject()
                        .put("type", "Failed")
                        .put("status", "True")
                        .put("message", "no worker"));

        assertThat(listener.awaitEnd().message()).isEqualTo("no worker");
        assertThat(told(listener)).extracting(JobEvent::reason).containsExactly("FailedCreatePod");
    }

    @Test
    void aCustomResourceThatNobodyTakesUpTellsWhyWhileItWaits() {
        event("a", "Warning", "QuotaExceeded", 1);
        RecordingListener listener = runResource();

        await().atMost(PATIENCE).until(() -> !told(listener).isEmpty());

        assertThat(told(listener)).extracting(JobEvent::reason).containsExactly("QuotaExceeded");
        assertThat(listener.ends()).isEmpty();
    }
}
