package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.KubernetesPod.Resources;
import io.tidegate.dag.step.KubernetesPod.Scheduling;
import io.tidegate.dag.step.KubernetesPod.SecretKey;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps a real cluster from starting a program at all. */
final class WaitingClusterTest extends ClusterFixture {
    private static final Resources NO_RESOURCES = KubernetesPod.EMPTY.resources();
    private static final Scheduling ANYWHERE = KubernetesPod.EMPTY.scheduling();

    @BeforeEach
    void waitBriefly() {
        reopen(ClusterRequests.pending(Duration.ofSeconds(8)));
    }

    private void assertNeverStarts(KubernetesPod pod, FailureKind kind, String... words) {
        assertFails(watch(launch(pod, "echo started")), kind, words);
        awaitNoJob();
    }

    @Test
    void anImageThatNobodyServesIsThePlatformsFault() {
        // Nothing listens there, whatever network the cluster has.
        assertNeverStarts(
                ClusterRequests.pod(ClusterRequests.image("localhost:1/absent:1", "IfNotPresent")),
                FailureKind.PLATFORM,
                "image localhost:1/absent:1 cannot be pulled",
                "refused");
    }

    @Test
    void anImageThatIsNotThereAndMayNotBePulledIsTheAuthorsFault() {
        assertNeverStarts(
                ClusterRequests.pod(ClusterRequests.image("localhost/absent:1", "Never")),
                FailureKind.USER,
                "image localhost/absent:1 cannot be pulled (ErrImageNeverPull)");
    }

    @Test
    void aNameThatIsNoImagesIsTheAuthorsFault() {
        assertNeverStarts(
                ClusterRequests.pod(ClusterRequests.image("localhost/UPPER:1", "Never")),
                FailureKind.USER,
                "image localhost/UPPER:1 cannot be pulled (InvalidImageName)");
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        KubernetesPod.Container container = new KubernetesPod.Container(
                Optional.of(RealCluster.IMAGE),
                Optional.of("Never"),
                Optional.empty(),
                List.of(),
                Map.of("PASSWORD", new SecretKey("warehouse", "password")));

        assertNeverStarts(
                ClusterRequests.pod(container),
                FailureKind.USER,
                "container 'step' cannot be made (CreateContainerConfigError)",
                "secret \"warehouse\" not found");
    }

    @Test
    void aNodeThatDoesNotExistIsWaitedForAndTheSchedulersReasonTold() {
        Scheduling nowhere =
                new Scheduling(Map.of("tidegate.io/no-such", "node"), List.of(), Map.of(), Optional.empty());

        assertNeverStarts(
                ClusterRequests.pod(NO_RESOURCES, nowhere),
                FailureKind.PLATFORM,
                "no node takes pod",
                "node affinity/selector");
    }

    @Test
    void moreThanAnyNodeHasIsWaitedForAndTheSchedulersReasonTold() {
        Resources huge = new Resources(Optional.of("5000"), Optional.empty(), Optional.empty(), Optional.empty());

        assertNeverStarts(
                ClusterRequests.pod(huge, ANYWHERE), FailureKind.PLATFORM, "no node takes pod", "Insufficient cpu");
    }

    @Test
    void aClaimThatIsMissingIsNamed() {
        KubernetesPod.Volume claim =
                new KubernetesPod.Volume(KubernetesPod.VolumeSource.CLAIM, "flights", "/flights", false);

        assertNeverStarts(
                ClusterRequests.pod(Map.of("flights", claim)),
                FailureKind.PLATFORM,
                "no node takes pod",
                "persistentvolumeclaim \"flights\" not found");
    }

    @Test
    void whatTheClusterTellsOfAPodThatIsNotStartedStandsInTheLog() throws IOException {
        KubernetesPod.Volume settings =
                new KubernetesPod.Volume(KubernetesPod.VolumeSource.CONFIG_MAP, "settings", "/settings", false);

        assertNeverStarts(
                ClusterRequests.pod(Map.of("settings", settings)), FailureKind.PLATFORM, "was not started in time");
        assertThat(log()).contains("the cluster tells: FailedMount", "configmap \"settings\" not found");
    }

    @Test
    void aQuotaWithoutRoomForThePodIsWaitedFor() {
        cluster.apply("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: { name: full }
                spec: { hard: { pods: "0" } }
                """);
        awaitQuota();

        assertNeverStarts(
                ClusterRequests.pod(),
                FailureKind.PLATFORM,
                "the namespace's quota has no room",
                "exceeded quota: full");
    }

    @Test
    void aQuotaWithoutRoomForTheJobRefusesIt() {
        cluster.apply("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: { name: full }
                spec: { hard: { count/jobs.batch: "0" } }
                """);
        awaitQuota();

        assertRefused(FailureKind.PLATFORM, "no room for the Job", "exceeded quota: full");
    }

    private void awaitQuota() {
        await().atMost(PATIENCE).until(() -> {
            var status = cluster.client()
                    .resourceQuotas()
                    .inNamespace(cluster.namespace())
                    .withName("full")
                    .get()
                    .getStatus();
            return status != null && !status.getHard().isEmpty();
        });
    }

    private void assertRefused(FailureKind kind, String... words) {
        assertThat(tryToLaunch(ClusterRequests.pod(), "true"))
                .isInstanceOfSatisfying(LaunchResult.Rejected.class, rejected -> {
                    assertThat(rejected.kind()).isEqualTo(kind);
                    assertThat(rejected.message()).contains(words);
                });
        assertNothingActive();
    }

    @Test
    void aPodThatIsNotAdmittedIsTheAuthorsFault() {
        cluster.client().namespaces().withName(cluster.namespace()).edit(namespace -> {
            namespace.getMetadata().getLabels().put("pod-security.kubernetes.io/enforce", "restricted");
            return namespace;
        });

        assertNeverStarts(
                ClusterRequests.pod(),
                FailureKind.USER,
                "the cluster does not admit the pod",
                "violates PodSecurity \"restricted");
    }

    @Test
    void aNamespaceThatGoesAwayTakesNoJob() {
        cluster.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: stays, finalizers: [tidegate.io/test] }
                """);
        cluster.client().namespaces().withName(cluster.namespace()).delete();
        try {
            assertRefused(FailureKind.PLATFORM, cluster.namespace(), "is being deleted");
        } finally {
            cluster.client()
                    .configMaps()
                    .inNamespace(cluster.namespace())
                    .withName("stays")
                    .edit(map -> {
                        map.getMetadata().setFinalizers(List.of());
                        return map;
                    });
        }
        await().atMost(PATIENCE)
                .until(() -> cluster.client()
                                .namespaces()
                                .withName(cluster.namespace())
                                .get()
                        == null);

        assertThat(tryToLaunch(ClusterRequests.pod(), "true"))
                .isInstanceOfSatisfying(LaunchResult.Rejected.class, rejected -> {
                    assertThat(rejected.kind()).isEqualTo(FailureKind.PLATFORM);
                    assertThat(rejected.message()).contains("does not exist");
                });
    }
}
