package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An API server that hangs, does not answer or is out of reach, while the cluster itself goes on. */
final class ConnectionClusterTest extends ClusterFixture {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private Relay relay;

    @Override
    Config access(ClusterSettings settings) {
        Config direct = super.access(settings);
        URI api = URI.create(direct.getMasterUrl());
        int usual = "https".equals(api.getScheme()) ? HTTPS : HTTP;
        if (relay == null) {
            relay = Relay.open(
                    InetAddress.getLoopbackAddress(),
                    0,
                    new InetSocketAddress(api.getHost(), api.getPort() < 0 ? usual : api.getPort()));
        }
        // The relay's address is not in the certificate.
        return new ConfigBuilder(direct)
                .withMasterUrl(api.getScheme() + "://127.0.0.1:" + relay.port() + "/")
                .withTrustCerts(true)
                .withCaCertData(null)
                .withCaCertFile(null)
                .build();
    }

    @AfterEach
    void closeRelay() {
        relay.close();
    }

    private void assertEndsWell(ExternalJob job) {
        assertThat(end(watch(job))).isEqualTo(Observation.Ended.succeeded());
        assertThat(cluster.jobs()).containsExactly(KEY);
        assertThat(cluster.pods(KEY)).hasSize(1);
        assertNothingActive();
    }

    @Test
    void anApiThatHangsDuringTheLaunchGetsOneJob() {
        relay.holdRequests();
        CompletableFuture<LaunchResult> launch =
                CompletableFuture.supplyAsync(() -> tryToLaunch(ClusterRequests.pod(), "true"));
        await("a request to be given up, and made again")
                .atMost(PATIENCE)
                .until(() -> executor.requests().get("real").getOrDefault("create", 0L) >= 2);
        assertThat(cluster.jobs()).isEmpty();

        relay.resume();

        assertEndsWell(accepted(launch.join()));
    }

    /** Starts a launch whose Job is made, which nobody is told. */
    private CompletableFuture<LaunchResult> launchWithoutAnswer() {
        // Leaves a connection behind that the next request uses: no new one could be made.
        assertThat(executor.list().get(0).problem()).isEmpty();
        relay.holdAnswers();
        CompletableFuture<LaunchResult> launch =
                CompletableFuture.supplyAsync(() -> tryToLaunch(ClusterRequests.pod(), "true"));
        await("the Job is made").atMost(PATIENCE).until(() -> !cluster.jobs().isEmpty());
        return launch;
    }

    @Test
    void anAnswerThatIsLostLeavesOneJobWhichIsAdopted() {
        CompletableFuture<LaunchResult> launch = launchWithoutAnswer();

        relay.breakDown();
        relay.resume();

        ExternalJob job = accepted(launch.join());
        assertThat(executor.find(new LaunchKey(KEY))).isEqualTo(new FindResult.Found(job));
        assertEndsWell(job);
    }

    @Test
    void aLaunchOfWhichNothingIsHeardIsFoundWhenTheApiAnswersAgain() {
        CompletableFuture<LaunchResult> launch = launchWithoutAnswer();
        relay.breakDown();

        assertThat(launch.join()).isInstanceOf(LaunchResult.Unknown.class);
        assertThat(executor.find(new LaunchKey(KEY))).isInstanceOf(FindResult.Unknown.class);
        relay.resume();

        FindResult found = executor.find(new LaunchKey(KEY));
        assertThat(found).isInstanceOf(FindResult.Found.class);
        assertEndsWell(((FindResult.Found) found).job());
    }

    @Test
    void whatEndsWhileTheApiHangsIsRecordedAfterwardsWithItsWholeLog() throws IOException {
        RecordingListener listener = running("echo begun; sleep 3; echo done; exit 4");
        relay.holdRequests();
        relay.holdAnswers();
        awaitPodEnd();
        assertThat(listener.ends()).isEmpty();

        relay.resume();

        assertThat(end(listener)).isEqualTo(Observation.Ended.failed(FailureKind.USER, 4, "exit code 4"));
        assertThat(log()).isEqualTo("begun\ndone\n");
        assertNothingActive();
    }

    private void awaitPodEnd() {
        await("the pod's end")
                .atMost(PATIENCE)
                .until(() -> PodStates.terminated(cluster.awaitPod(KEY)).isPresent());
    }

    @Test
    void aLineThatBreaksTakesNothingOfTheLogAndRepeatsNothing() throws IOException {
        RecordingListener listener =
                running("i=0; while [ $i -lt 100 ]; do echo line $i; i=$((i + 1)); sleep 0.05; done");
        for (int breaks = 1; breaks <= 3; breaks++) {
            int lines = 20 * breaks;
            await("some lines of the log").atMost(PATIENCE).until(() -> log().contains("line " + lines + "\n"));
            relay.breakDown();
            relay.resume();
        }

        assertThat(end(listener)).isEqualTo(Observation.Ended.succeeded());
        assertThat(log())
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(number -> "line " + number + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void aJobThatIsDeletedWhileTheApiIsOutOfReachIsLost() {
        RecordingListener listener = running("sleep 1000");
        relay.breakDown();

        cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName(KEY)
                .delete();
        cluster.awaitNothingActive();
        assertThat(listener.ends()).isEmpty();
        relay.resume();

        assertFails(listener, FailureKind.LOST, "deleted by someone");
    }

    @Test
    void aCancelIsCarriedOutWhenTheApiAnswersAgain() {
        ExternalJob job = launch("sleep 1000");
        RecordingListener listener = watch(job);
        listener.awaitRunning();
        relay.breakDown();

        executor.cancel(job);
        await("a request that fails")
                .atMost(PATIENCE)
                .until(() -> executor.requests().get("real").getOrDefault("delete", 0L) > 0);
        assertThat(listener.ends()).isEmpty();
        relay.resume();

        assertThat(end(listener).failure()).contains(FailureKind.USER);
        awaitNoJob();
        assertNothingActive();
    }
}
