package io.tidegate.executor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every executor must do, whatever it starts its jobs on. An executor's own test extends this class; executors of local processes
 * extend {@link LocalExecutorContract}, which asks for more.
 */
@Timeout(600)
public abstract class ExecutorContract extends ExecutorFixture {
    @Test
    void aProgramThatSucceedsEndsWellAndOnce() {
        RecordingListener listener = watch(launch(request(workloads().exits(0))));

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(listener.ends()).hasSize(1);
    }

    @Test
    void anExitCodeIsTheProgramsOwnFailure() {
        Observation.Ended ended = run(request(workloads().exits(3)));

        assertThat(ended).isEqualTo(Observation.Ended.failed(FailureKind.USER, 3, "exit code 3"));
    }

    @Test
    void exitCode137SaysThatItWasKilledAndGuessesWhy() {
        Observation.Ended ended = run(request(workloads().exits(137)));

        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.exitCode()).hasValue(137);
        assertThat(ended.message()).contains("SIGKILL", "exit 137", "out of memory or killed by someone");
    }

    @Test
    void aProgramThatDoesNotExistIsTheAuthorsFailureByName() {
        LaunchRequest request = request(workloads().missing());
        if (!seesProgramsBeforeLaunch()) {
            Observation.Ended ended = run(request);
            assertThat(ended.failure()).contains(FailureKind.USER);
            assertThat(ended.message()).contains("does-not-exist");
            return;
        }

        LaunchResult result = executor().launch(request);

        assertThat(result).isInstanceOf(LaunchResult.Rejected.class);
        LaunchResult.Rejected rejected = (LaunchResult.Rejected) result;
        assertThat(rejected.kind()).isEqualTo(FailureKind.USER);
        assertThat(rejected.message()).contains("does-not-exist");
        assertThat(executor().find(request.key())).isEqualTo(new FindResult.NotFound());
    }

    @Test
    void anUnknownKeyIsNotFound() {
        assertThat(executor().find(new LaunchKey("never-launched"))).isEqualTo(new FindResult.NotFound());
    }

    @Test
    void launchingTwiceGivesTheSameJobAndStartsItOnce() throws IOException {
        Path starts = gate("starts");
        LaunchRequest request = request(workloads().countsStarts(starts, gate("gate")));

        ExternalJob first = launch(request);
        ExternalJob second = launch(request);
        ExternalJob afterRestart = launch(reopened(), request);
        openGate("gate");

        assertThat(second).isEqualTo(first);
        assertThat(afterRestart).isEqualTo(first);
        assertThat(watch(first).awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(launch(request)).isEqualTo(first);
        assertThat(Files.readAllLines(starts)).hasSize(1);
    }

    @Test
    void launchesThatRaceStartOneJob() throws IOException {
        Path starts = gate("starts");
        Executor another = reopened();
        LaunchRequest request = request(workloads().countsStarts(starts, openGate("gate")));

        List<CompletableFuture<LaunchResult>> launches = IntStream.range(0, 6)
                .mapToObj(number -> number % 2 == 0 ? executor() : another)
                .map(chosen -> CompletableFuture.supplyAsync(() -> chosen.launch(request)))
                .toList();
        List<LaunchResult> results =
                launches.stream().map(CompletableFuture::join).distinct().toList();

        assertThat(results).hasSize(1).first().isInstanceOf(LaunchResult.Accepted.class);
        assertThat(watch(((LaunchResult.Accepted) results.get(0)).job()).awaitEnd())
                .isEqualTo(Observation.Ended.succeeded());
        assertThat(Files.readAllLines(starts)).hasSize(1);
    }

    @Test
    void aRestartedExecutorFindsTheJobAndHearsItsRealEnd() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 7));
        ExternalJob job = launch(request);
        executor().close();
        Executor restarted = reopened();

        assertThat(restarted.find(request.key())).isEqualTo(new FindResult.Found(job));
        RecordingListener listener = new RecordingListener();
        restarted.watch(job, listener);
        listener.awaitRunning();
        assertThat(listener.ends()).isEmpty();
        openGate("gate");

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.failed(FailureKind.USER, 7, "exit code 7"));
    }

    @Test
    void aJobThatEndsWhileNobodyLooksKeepsItsExitCode() throws IOException {
        Path gate = gate("gate");
        LaunchRequest request = request(workloads().printsAndWaits("last words", gate, 9));
        ExternalJob job = launch(request);
        executor().close();
        openGate("gate");
        Executor restarted = reopened();
        await().atMost(PATIENCE).until(() -> restarted.output(request.key()).logSize() > 0);

        RecordingListener listener = new RecordingListener();
        restarted.watch(job, listener);

        assertThat(listener.awaitEnd().exitCode()).hasValue(9);
        assertThat(new String(restarted.output(request.key()).readLog(0, 1 << 20), StandardCharsets.UTF_8))
                .contains("last words");
    }

    @Test
    void aJobThatIsGoneWithoutATraceIsLostAndNeverASuccess() {
        ExternalJob job = launch(request(workloads().printsAndWaits("hello", gate("gate"), 0)));
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        vanish(job);

        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.LOST);
        assertThat(ended.exitCode()).isEmpty();
        assertThat(ended.message()).isNotBlank();
    }

    @Test
    void closingLeavesJobsRunning() {
        LaunchRequest request = request(workloads().printsAndWaits("still here", gate("gate"), 0));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);
        executor().close();
        openGate("gate");

        Executor restarted = reopened();
        RecordingListener later = new RecordingListener();
        restarted.watch(job, later);

        assertThat(later.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void watchingAgainReplacesTheListenerAndAnEndedJobIsToldAtOnce() {
        ExternalJob job = launch(request(workloads().printsAndWaits("hello", gate("gate"), 0)));
        RecordingListener first = watch(job);
        first.awaitRunning();
        RecordingListener second = watch(job);
        second.awaitRunning();
        openGate("gate");

        second.awaitEnd();
        assertThat(first.ends()).isEmpty();
        assertThat(watch(job).awaitEnd()).isEqualTo(Observation.Ended.succeeded());
    }

    @Test
    void cancellingEndsTheJob() {
        ExternalJob job = launch(request(workloads().printsAndWaits("hello", gate("gate"), 0)));
        RecordingListener listener = watch(job);
        await().atMost(PATIENCE).until(() -> log(job.key()).contains("hello"));

        executor().cancel(job);
        executor().cancel(job);

        assertThat(listener.awaitEnd().failure()).contains(FailureKind.USER);
        assertThat(listener.ends()).hasSize(1);
    }

    @Test
    void cancellingAfterTheEndChangesNothing() {
        LaunchRequest request = request(workloads().exits(0));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);
        listener.awaitEnd();

        executor().cancel(job);

        assertThat(watch(job).awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(listener.ends()).hasSize(1);
    }

    @Test
    void argumentsArriveAsTheyAre() {
        List<String> arguments = List.of(
                "plain",
                "",
                "two words",
                "'single' \"double\"",
                "$HOME `id` $(id)",
                "line\nbreak\n",
                "*",
                "-n",
                "--",
                "ünï—码🚀",
                "back\\slash");
        LaunchRequest request = request(workloads().reportsArguments(arguments));

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());
        assertThat(report(request.key()).split("\0", -1))
                .startsWith(arguments.toArray(String[]::new))
                .hasSize(arguments.size() + 1);
    }

    @Test
    void theStepsEnvironmentAndTheDocumentArrive() {
        LaunchRequest request = request(
                workloads().reportsEnvironment(),
                Map.of("TIDEGATE_RUN_ID", "run-1", "GREETING", "two words\nand 'more' ü"));

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());
        assertThat(Stream.of(report(request.key()).split("\0", -1)))
                .contains("TIDEGATE_RUN_ID=run-1", "GREETING=two words\nand 'more' ü")
                .contains("TIDEGATE_LAUNCH_KEY=" + request.key())
                .anyMatch(variable -> variable.startsWith("TIDEGATE_OUTPUT="));

        LaunchRequest reading = request(workloads().reportsSpecification());
        assertThat(run(reading)).isEqualTo(Observation.Ended.succeeded());
        assertThat(report(reading.key())).isEqualTo(reading.specification());
    }

    @Test
    void logAndReportAreReadableWhileTheJobRunsAndAfter() {
        LaunchRequest request = request(workloads().printsAndWaits("a line", gate("gate"), 0));
        RecordingListener listener = watch(launch(request));

        if (tellsReportWhileRunning()) {
            await().atMost(PATIENCE).until(() -> report(request.key()).contains("a line"));
        }
        await().atMost(PATIENCE).until(() -> log(request.key()).split("a line", -1).length == 3);
        assertThat(listener.ends()).isEmpty();
        openGate("gate");
        listener.awaitEnd();

        assertThat(report(request.key())).contains("a line");
        assertThat(log(request.key()).split("a line", -1)).hasSize(3);
    }

    @Test
    void thereIsNoOutputOfAnAttemptThatNeverRan() throws IOException {
        LaunchKey key = new LaunchKey("never-launched");

        assertThat(executor().output(key).logSize()).isZero();
        assertThat(executor().output(key).readLog(5, 100)).isEmpty();
        assertThat(report(key)).isEmpty();
    }

    @Test
    void theOtherSideListsARunningJobToItsInstallationAloneAndCallsItEndedOrForgetsItAfterwards() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0));
        ExternalJob job = launch(request);
        RecordingListener listener = watch(job);
        listener.awaitRunning();

        // A job is listed as soon as its program is there, which may be a moment after its claim.
        Executor later = reopened();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(later.list())
                        .allSatisfy(listing -> assertThat(listing.problem()).isEmpty())
                        .flatExtracting(ClusterListing::jobs)
                        .filteredOn(ListedJob::active)
                        .filteredOn(listed -> isOurs(listed.job().key()))
                        .singleElement()
                        .satisfies(listed -> {
                            assertThat(listed.job().key()).isEqualTo(request.key());
                            assertThat(listed.marked()).isTrue();
                        }));
        assertThat(reopened(OTHER_INSTALLATION).list())
                .flatExtracting(ClusterListing::jobs)
                .filteredOn(listed -> isOurs(listed.job().key()))
                .isEmpty();
        openGate("gate");
        listener.awaitEnd();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(executor().list())
                        .flatExtracting(ClusterListing::jobs)
                        .filteredOn(ListedJob::active)
                        .filteredOn(listed -> isOurs(listed.job().key()))
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NUL", "128 KiB"})
    void whatNoProgramCanBeGivenIsRejectedWithTheReason(String what) {
        String argument = what.equals("NUL") ? "a\0b" : "x".repeat(128 * 1024);
        LaunchRequest request = request(workloads().reportsArguments(List.of("fine", argument)));

        LaunchResult result = executor().launch(request);

        assertThat(result).isInstanceOf(LaunchResult.Rejected.class);
        LaunchResult.Rejected rejected = (LaunchResult.Rejected) result;
        assertThat(rejected.kind()).isEqualTo(FailureKind.USER);
        assertThat(rejected.message()).contains("argument", what.equals("NUL") ? "NUL character" : "131072 bytes");
    }
}
