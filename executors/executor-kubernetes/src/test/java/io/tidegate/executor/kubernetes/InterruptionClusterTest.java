package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.KubernetesPod.Resources;
import io.tidegate.dag.step.KubernetesPod.Scheduling;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.executor.kubernetes.settings.Timing;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that a real cluster, or somebody on it, ends before they have done their work. */
final class InterruptionClusterTest extends ClusterFixture {
    private static final String FOR_EVER = "echo begun; sleep 1000";
    /** Ends well when asked to end, which must not be taken for work that was done. */
    private static final String ENDS_WELL = "trap 'exit 0' TERM; echo begun; while :; do sleep 0.1; done";

    private static KubernetesPod limited(Optional<String> memory, Optional<String> ephemeral) {
        return ClusterRequests.pod(
                new Resources(Optional.empty(), memory, Optional.empty(), ephemeral), KubernetesPod.EMPTY.scheduling());
    }

    @Test
    void aProgramThatTakesMoreMemoryThanItsLimitIsToldTheLimit() {
        RecordingListener listener =
                watch(launch(limited(Optional.of("24Mi"), Optional.empty()), "exec tail /dev/zero"));

        assertFails(listener, FailureKind.USER, "out of memory", "limit of 24Mi", "exit 137");
        assertThat(end(listener).exitCode()).hasValue(137);
    }

    @Test
    void aProgramThatFillsTheDiskIsToldTheLimit() {
        RecordingListener listener = watch(launch(
                limited(Optional.empty(), Optional.of("1Mi")), "head -c 30000000 /dev/zero > /tmp/full; " + FOR_EVER));

        assertFails(listener, FailureKind.USER, "was evicted from its node", "exceeds the", "1Mi");
    }

    @Test
    void aPodThatIsEvictedIsThePlatformsFault() throws IOException {
        RecordingListener listener = running(ENDS_WELL);
        Pod pod = cluster.awaitPod(KEY);

        assertThat(cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withName(pod.getMetadata().getName())
                        .evict())
                .isTrue();

        assertFails(listener, FailureKind.PLATFORM, "was evicted, as when a node is drained");
        assertThat(log()).startsWith("begun\n");
    }

    @Test
    void aJobThatGoesOnBeyondItsDeadlineIsEndedByTheCluster() {
        Timing usual = ClusterRequests.TIMING;
        reopen(new Timing(
                Duration.ofSeconds(15), usual.grace(), Duration.ofSeconds(1), usual.keepFinished(), usual.listEvery()));
        ExternalJob job = accepted(executor.launch(request(ClusterRequests.pod(), FOR_EVER, Duration.ofSeconds(3))));

        assertFails(watch(job), FailureKind.TIMEOUT, "beyond its deadline of 19 s");
    }

    @ParameterizedTest
    @EnumSource(
            value = DeletionPropagation.class,
            names = {"FOREGROUND", "BACKGROUND"})
    void aJobThatSomebodyDeletesIsLostAtOnce(DeletionPropagation propagation) {
        RecordingListener listener = running(ENDS_WELL);
        long before = System.nanoTime();

        cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName(KEY)
                .withPropagationPolicy(propagation)
                .delete();

        Observation.Ended ended = end(listener);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("seen by the watch, not by a listing")
                .isLessThan(ClusterRequests.TIMING.listEvery());
        assertThat(ended.failure()).contains(FailureKind.LOST);
        assertThat(ended.message()).contains("the Job was deleted by someone");
        assertNothingActive();
    }

    @Test
    void aPodThatSomebodyDeletesIsLostAndNoOtherIsStarted() {
        RecordingListener listener = running(ENDS_WELL);

        cluster.client().resource(cluster.awaitPod(KEY)).delete();

        assertFails(listener, FailureKind.LOST, "was deleted by someone");
    }

    @Test
    void aNamespaceThatSomebodyDeletesIsLost() {
        RecordingListener listener = running(FOR_EVER);

        cluster.client().namespaces().withName(cluster.namespace()).delete();

        assertFails(listener, FailureKind.LOST, "deleted by someone");
        awaitNoJob();
    }

    @Test
    void aCancelDeletesTheJobAndWaitsForAProgramThatIsSlowToEnd() throws IOException {
        ExternalJob job =
                launch("trap 'echo goodbye; sleep 0.3; exit 7' TERM; echo begun; while :; do sleep 0.1; done");
        RecordingListener listener = watch(job);
        listener.awaitRunning();
        await().atMost(PATIENCE).until(() -> log().contains("begun"));

        executor.cancel(job);

        assertThat(end(listener)).isEqualTo(Observation.Ended.failed(FailureKind.USER, 7, "exit code 7"));
        // The node may say behind it that the log is gone by now.
        assertThat(log()).startsWith("begun\ngoodbye\n");
        awaitNoJob();
        assertNothingActive();
    }

    @Test
    void aCancelKillsAProgramThatDoesNotWantToEnd() {
        ExternalJob job = launch("trap '' TERM; while :; do sleep 0.1; done");
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        executor.cancel(job);

        assertFails(listener, FailureKind.USER, "exit 137");
        awaitNoJob();
    }

    /** Plays a node through the API, where no program of a node is needed: what ends the pod is the cluster's own controller. */
    @Test
    void aNodeThatIsGoneIsThePlatformsFault() {
        Map<String, String> label = Map.of("tidegate.io/node", cluster.namespace());
        Node node = playNode(label);
        try {
            KubernetesPod.Toleration anything =
                    new KubernetesPod.Toleration(Optional.empty(), Optional.empty(), Optional.empty());
            Scheduling there = new Scheduling(label, List.of(anything), Map.of(), Optional.empty());
            RecordingListener listener =
                    watch(launch(ClusterRequests.pod(KubernetesPod.EMPTY.resources(), there), "true"));
            playStart();
            listener.awaitRunning();

            cluster.client().resource(node).delete();

            assertFails(listener, FailureKind.PLATFORM, "node " + cluster.namespace(), "its node is gone");
        } finally {
            cluster.client().resource(node).delete();
        }
    }

    private Node playNode(Map<String, String> label) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(cluster.namespace())
                .withLabels(label)
                .endMetadata()
                .withNewSpec()
                .addNewTaint()
                .withKey("tidegate.io/test")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();
        NodeStatus ready = status("""
                capacity: { pods: "5", cpu: "4", memory: 4Gi }
                allocatable: { pods: "5", cpu: "4", memory: 4Gi }
                conditions: [{ type: Ready, status: "True", reason: Test, message: played }]
                """, NodeStatus.class);
        cluster.client().resource(node).create();
        edited(() -> cluster.client().nodes().withName(cluster.namespace()).editStatus(made -> {
            made.setStatus(ready);
            return made;
        }));
        return node;
    }

    private void playStart() {
        await("a node for the pod")
                .atMost(PATIENCE)
                .until(() -> cluster.awaitPod(KEY).getSpec().getNodeName() != null);
        PodStatus running = status("""
                phase: Running
                containerStatuses:
                  - { name: step, image: played, imageID: played, ready: true, restartCount: 0,
                      state: { running: { startedAt: "2026-01-01T00:00:00Z" } } }
                """, PodStatus.class);
        edited(() -> cluster.client().resource(cluster.awaitPod(KEY)).editStatus(made -> {
            made.setStatus(running);
            return made;
        }));
    }

    /** Others change the object, too: an edit that comes between is made again. */
    private static void edited(Callable<?> edit) {
        await("an edit without conflict")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> edit.call() != null);
    }

    private static <T> T status(String yaml, Class<T> type) {
        return new KubernetesSerialization().unmarshal(yaml, type);
    }
}
