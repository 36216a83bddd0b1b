package io.tidegate.executor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FakeExecutorTest {
    private static final LaunchKey KEY = new LaunchKey("run-1-load-1");

    private final FakeExecutor executor = new FakeExecutor("process");
    private final RecordingListener listener = new RecordingListener();

    private static LaunchRequest request() {
        return new LaunchRequest(
                KEY,
                new AttemptIdentity(new DagId("dag"), "", "run-1", new StepId("load"), 1),
                new ExecutorSettings.LocalProcess(),
                new Workload.CommandLine(List.of("true")),
                new LaunchRequest.Surroundings("/", Map.of(), "{}"),
                Duration.ofHours(1));
    }

    private ExternalJob launched() {
        return ((LaunchResult.Accepted) executor.launch(request())).job();
    }

    @Test
    void aJobGoesOnUntilTheTestEndsItAndIsToldOnce() {
        executor.watch(launched(), listener);
        executor.reportRunning(KEY);
        assertThat(executor.running()).containsExactly(KEY);

        executor.fail(KEY, 3, "exit code 3");
        executor.succeed(KEY);

        assertThat(listener.observations())
                .containsExactly(
                        new Observation.Running(), Observation.Ended.failed(FailureKind.USER, 3, "exit code 3"));
        assertThat(executor.running()).isEmpty();
    }

    @Test
    void launchingAgainAdoptsAndIsRecorded() {
        assertThat(launched()).isEqualTo(launched());

        assertThat(executor.launches()).hasSize(2);
        assertThat(executor.started()).containsExactly(KEY);
        assertThat(executor.keyOf("load")).isEqualTo(KEY);
    }

    @Test
    void launchesAnswerAsScripted() {
        executor.answerLaunches(request -> LaunchAnswer.reject(FailureKind.PLATFORM, "no room"));
        assertThat(executor.launch(request())).isEqualTo(new LaunchResult.Rejected(FailureKind.PLATFORM, "no room"));
        assertThat(executor.find(KEY)).isEqualTo(new FindResult.NotFound());

        executor.answerLaunches(request -> LaunchAnswer.unknownButStarted());
        assertThat(executor.launch(request())).isInstanceOf(LaunchResult.Unknown.class);
        assertThat(executor.find(KEY)).isInstanceOf(FindResult.Found.class);

        executor.answerFindsUnknown(true);
        assertThat(executor.find(KEY)).isInstanceOf(FindResult.Unknown.class);
    }

    @Test
    void anEndThatCameBeforeTheWatchIsToldAtOnce() {
        executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());

        executor.watch(launched(), listener);

        assertThat(listener.ends()).containsExactly(Observation.Ended.succeeded());
    }

    @Test
    void cancellingEndsTheJobUnlessToldOtherwise() {
        ExternalJob job = launched();
        executor.watch(job, listener);
        executor.endOnCancel(false);
        executor.cancel(job);
        assertThat(listener.ends()).isEmpty();

        executor.endOnCancel(true);
        executor.cancel(job);

        assertThat(listener.awaitEnd().exitCode()).hasValue(143);
        assertThat(executor.cancels()).containsExactly(KEY, KEY);
    }

    @Test
    void aRestartKeepsTheJobsAndForgetsTheListeners() {
        ExternalJob job = launched();
        executor.watch(job, listener);
        FakeExecutor restarted = executor.restarted();
        RecordingListener later = new RecordingListener();
        restarted.watch(job, later);

        restarted.lose(KEY);

        assertThat(listener.ends()).isEmpty();
        assertThat(later.awaitEnd().failure()).contains(FailureKind.LOST);
    }

    @Test
    void heldLaunchesWaitForTheirRelease() {
        executor.holdLaunches();
        CompletableFuture<LaunchResult> launch = CompletableFuture.supplyAsync(() -> executor.launch(request()));
        await().until(() -> executor.launches().size() == 1);
        assertThat(executor.started()).isEmpty();

        executor.releaseLaunches();

        assertThat(launch.join()).isInstanceOf(LaunchResult.Accepted.class);
    }

    @Test
    void whatTheTestReportsIsTheAttemptsOutput() throws IOException {
        executor.report(KEY, "{\"type\":\"metric\"}\n");
        executor.log(KEY, "hello");

        assertThat(executor.output(KEY).report()).hasContent("{\"type\":\"metric\"}");
        assertThat(new String(executor.output(KEY).readLog(1, 3), StandardCharsets.UTF_8))
                .isEqualTo("ell");
        assertThat(executor.output(KEY).readLog(99, 3)).isEmpty();
    }

    @Test
    void endingWhatWasNeverStartedIsAMistakeOfTheTest() {
        assertThatThrownBy(() -> executor.succeed(KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(KEY.value());
    }
}
