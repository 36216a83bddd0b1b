package io.tidegate.executor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorFixture;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk without room, made by the device that is always full: every write to it fails as on a full disk. */
final class FullDiskTest extends ExecutorFixture {
    private static final Path FULL = Path.of("/dev/full");

    @Override
    protected Executor open(InstallationId installation) {
        return new ProcessExecutor(
                ProcessSettings.defaults(installation, folder.resolve("attempts")), InstantSource.system());
    }

    @Override
    protected ContractWorkloads workloads() {
        return new ShellWorkloads();
    }

    @Override
    protected ExecutorSettings settings() {
        return new ExecutorSettings.LocalProcess();
    }

    @Override
    protected void vanish(ExternalJob job) {
        throw new UnsupportedOperationException("nothing vanishes here");
    }

    /** A program that prints more than fits in any pipe, says so, and waits for its gate. */
    private LaunchRequest printing() {
        return request(new Workload.CommandLine(List.of(
                "sh",
                "-c",
                "head -c 1000000 /dev/zero; touch printed; until [ -e gate ]; do sleep 0.05; done; exit 4")));
    }

    private AttemptFolder prepared(LaunchRequest request) throws IOException {
        AttemptFolder attempt = new AttemptFolder(
                folder.resolve("attempts").resolve(request.key().value()));
        attempt.prepare("{}", "{}");
        return attempt;
    }

    @Test
    void aFullDiskCostsTheLogAndNothingElse() throws IOException {
        LaunchRequest request = printing();
        AttemptFolder attempt = prepared(request);
        Files.createSymbolicLink(attempt.log(), FULL);
        Files.createSymbolicLink(attempt.path().resolve("log.1"), FULL);

        RecordingListener listener = watch(launch(request));
        await().atMost(PATIENCE).until(() -> Files.exists(gate("printed")));
        // Now there is room again.
        Files.delete(attempt.log());
        openGate("gate");

        assertThat(listener.awaitEnd().exitCode()).hasValue(4);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(attempt.log())
                        .hasContent("\n[tidegate: the disk was full; the rest of the log is lost]\n"));
    }

    @Test
    void theExitCodeIsWrittenWhenThereIsRoomAgain() throws IOException {
        LaunchRequest request = printing();
        AttemptFolder attempt = prepared(request);
        Files.createSymbolicLink(attempt.exit(), FULL);
        openGate("gate");

        RecordingListener listener = watch(launch(request));
        await().atMost(PATIENCE).until(() -> Files.exists(gate("printed")));
        assertThat(listener.ends()).isEmpty();
        Files.delete(attempt.exit());

        assertThat(listener.awaitEnd().exitCode()).hasValue(4);
    }

    @Test
    void anAttemptThatFindsNoRoomForItsClaimStartsNothingAndThePlatformIsToBlame() throws IOException {
        LaunchRequest request = printing();
        AttemptFolder attempt = prepared(request);
        // A claim that could be made and not be written.
        Files.createFile(attempt.started());

        LaunchResult result = executor().launch(request);

        assertThat(result).isInstanceOf(LaunchResult.Rejected.class);
        assertThat(((LaunchResult.Rejected) result).kind()).isEqualTo(FailureKind.PLATFORM);
        assertThat(executor().find(request.key())).isEqualTo(new FindResult.NotFound());
        assertThat(gate("printed")).doesNotExist();
    }
}
