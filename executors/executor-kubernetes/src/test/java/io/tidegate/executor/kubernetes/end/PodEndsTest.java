package io.tidegate.executor.kubernetes.end;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation.Ended;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a pod ends has a kind and a sentence. */
final class PodEndsTest {
    private static final Optional<Job> JOB = Optional.of(job("status: {}"));

    private static Job job(String rest) {
        return new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\nspec: { activeDeadlineSeconds: 60 }\n"
                                + rest,
                        Job.class);
    }

    private static Pod pod(String metadata, String status) {
        return new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: v1\nkind: Pod\nmetadata: { name: p" + metadata + " }\n"
                                + "spec: { nodeName: node-1, containers: [{ name: step, image: 'i:1',"
                                + " resources: { limits: { memory: 512Mi } } }] }\nstatus: " + status + "\n",
                        Pod.class);
    }

    private static String terminated(String details) {
        return "{ phase: Failed, containerStatuses: [{ name: step, state: { terminated: { " + details + " } } }] }";
    }

    private static Ended end(Optional<Job> job, Pod pod) {
        return PodEnds.of(job, pod, false).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exitCode: 0, reason: Completed | | ''",
                "exitCode: 3, reason: Error | USER | exit code 3",
                "exitCode: 137, reason: OOMKilled | USER | limit of 512Mi",
                "exitCode: 128, reason: StartError, message: 'exec: no-such' | USER | no-such"
            })
    void aContainersEnd(String details, FailureKind kind, String message) {
        Ended ended = end(JOB, pod("", terminated(details)));

        assertThat(ended.failure()).isEqualTo(Optional.ofNullable(kind));
        assertThat(ended.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reason: Evicted, message: 'The node was low on resource: memory' | PLATFORM | low on resource",
                "reason: Evicted, message: 'Pod ephemeral local storage usage exceeds the total limit' | USER |"
                        + " exceeds",
                "reason: NodeLost, message: gone | PLATFORM | node-1",
                "reason: DeadlineExceeded | TIMEOUT | deadline of 60 s",
                "reason: UnexpectedAdmissionError, message: no gpu | PLATFORM | no gpu",
                "conditions: [{ type: DisruptionTarget, status: 'True', reason: PreemptionByScheduler }] | PLATFORM |"
                        + " higher priority",
                "conditions: [{ type: DisruptionTarget, status: 'True', reason: DeletionByTaintManager }] | PLATFORM |"
                        + " node was lost",
                "initContainerStatuses: [{ name: first, state: { terminated: { exitCode: 4 } } }] | USER | init"
                        + " container 'first'"
            })
    void aPodsEnd(String status, FailureKind kind, String message) {
        Ended ended = end(JOB, pod("", "{ phase: Failed, " + status + " }"));

        assertThat(ended.failure()).contains(kind);
        assertThat(ended.message()).contains(message);
    }

    @Test
    void whatEndsAfterItsDeletionWasAskedForIsNoSuccess() {
        String deleted = ", deletionTimestamp: '2026-01-01T00:01:00Z', deletionGracePeriodSeconds: 30";
        Pod after = pod(deleted, terminated("exitCode: 0, finishedAt: '2026-01-01T00:00:30Z'"));
        Pod before = pod(deleted, terminated("exitCode: 0, finishedAt: '2026-01-01T00:00:29Z'"));
        Optional<Job> late = Optional.of(
                job("status: { conditions: [{ type: FailureTarget, status: 'True', reason: DeadlineExceeded }] }"));

        assertThat(end(JOB, after).message()).contains("pod p was deleted by someone", "exit code 0");
        assertThat(end(JOB, after).failure()).contains(FailureKind.LOST);
        assertThat(end(Optional.empty(), after).message()).contains("the Job was deleted by someone");
        assertThat(end(late, after).failure()).contains(FailureKind.TIMEOUT);
        assertThat(end(JOB, before)).isEqualTo(Ended.succeeded());
        assertThat(PodEnds.of(JOB, after, true)).contains(Ended.succeeded());
    }

    @Test
    void theLastWordOfANodeDoesNotHideThatDeletionWasAskedForBefore() {
        String lastWord = ", deletionTimestamp: '2026-01-01T00:01:05Z', deletionGracePeriodSeconds: 0";
        Pod killed = pod(lastWord, terminated("exitCode: 137, finishedAt: '2026-01-01T00:01:00Z'"));
        Pod tidiedUp = pod(lastWord, terminated("exitCode: 0, finishedAt: '2025-12-31T23:00:00Z'"));

        assertThat(end(Optional.empty(), killed).failure()).contains(FailureKind.LOST);
        assertThat(end(Optional.empty(), killed).message()).contains("the Job was deleted by someone", "exit code 137");
        assertThat(end(Optional.empty(), tidiedUp)).isEqualTo(Ended.succeeded());
    }

    @Test
    void withoutAPodOnlyTheJobCanTell() {
        Optional<Job> complete = Optional.of(job("status: { conditions: [{ type: Complete, status: 'True' }] }"));
        Optional<Job> failed = Optional.of(
                job("status: { conditions: [{ type: Failed, status: 'True', reason: BackoffLimitExceeded }] }"));

        assertThat(PodEnds.withoutPod(complete, Optional.empty())).isEqualTo(Ended.succeeded());
        assertThat(PodEnds.withoutPod(failed, Optional.empty()).failure()).contains(FailureKind.LOST);
        assertThat(PodEnds.withoutPod(Optional.empty(), Optional.empty()).failure())
                .contains(FailureKind.LOST);
        assertThat(PodEnds.of(JOB, pod("", "{ phase: Running }"), false)).isEmpty();
        assertThat(PodEnds.of(JOB, pod("", "{}"), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pods \"a\" is forbidden: exceeded quota: small | PLATFORM | quota",
                "admission webhook \"x\" denied the request: no | USER | does not admit",
                "pods \"a\" is forbidden: violates PodSecurity \"restricted\" | USER | does not admit",
                "connection refused | PLATFORM | could not make"
            })
    void aJobWithoutAPodHasAReason(String message, FailureKind kind, String sentence) {
        io.fabric8.kubernetes.api.model.Event event = new io.fabric8.kubernetes.api.model.Event();
        event.setReason("FailedCreate");
        event.setMessage(message);

        Hindrance hindrance = Hindrance.withoutPod(java.util.List.of(event));

        assertThat(hindrance.kind()).isEqualTo(kind);
        assertThat(hindrance.sentence()).contains(sentence);
    }
}
