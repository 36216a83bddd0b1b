package io.tidegate.executor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What executors of local processes must do beyond {@link ExecutorContract}: keep to the layout of the attempt's folder, end whole families
 * of processes, withstand endless logs, and not hand the server's environment on.
 */
public abstract class LocalExecutorContract extends ExecutorContract {
    /** Most bytes of log that the executors of this contract keep. */
    protected static final long LOG_LIMIT = 16 << 20;

    /** Grace period of the executors of this contract. */
    protected static final Duration GRACE = Duration.ofSeconds(1);

    private static final long GIBIBYTE = 1L << 30;
    private static final Set<String> ALLOWED_BESIDE_THE_STEPS_OWN = Set.of(
            "PATH", "HOME", "LANG", "TZ", "JAVA_HOME", "SPARK_HOME", "TMPDIR", "USER", "PWD", "OLDPWD", "SHLVL", "_");

    /** The folder that holds the attempts' folders. */
    protected final Path attempts() {
        return folder.resolve("attempts");
    }

    /** An executor over {@link #attempts()} with {@link #LOG_LIMIT} and {@link #GRACE}. */
    @Override
    protected abstract Executor open(InstallationId installation);

    /** Variables that executors of this kind add beyond those of every executor. */
    protected Set<String> furtherVariables() {
        return Set.of();
    }

    /** Kills the program together with all that could tell of it. */
    @Override
    protected void vanish(ExternalJob job) {
        ProcessHandle.of(Long.parseLong(job.externalId())).ifPresent(leader -> {
            List<ProcessHandle> family = leader.descendants().toList();
            leader.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
        });
    }

    @Test
    void theAttemptsFolderHoldsEverything() throws IOException {
        LaunchRequest request = request(workloads().printsAndWaits("hello", openGate("gate"), 4));
        run(request);
        Path attempt = attempts().resolve(request.key().value());

        assertThat(attempt.resolve("log")).content().contains("hello");
        assertThat(attempt.resolve("output.jsonl")).content().contains("hello");
        assertThat(attempt.resolve("specification.json")).content().isEqualTo(request.specification());
        assertThat(attempt.resolve("exit")).hasContent("4\n");
        assertThat(attempt.resolve("started")).exists();
        assertThat(attempt.resolve("job.json")).content().contains("\"step\" : \"step\"", "\"command\"");
        assertThat(Files.getPosixFilePermissions(attempt)).hasSize(3);
    }

    @Test
    void theServersEnvironmentDoesNotLeak() {
        LaunchRequest request = request(workloads().reportsEnvironment());
        run(request);

        Set<String> names = Stream.of(report(request.key()).split("\0"))
                .map(variable -> variable.substring(0, variable.indexOf('=')))
                .filter(name -> !name.startsWith("TIDEGATE_"))
                .filter(name -> !ALLOWED_BESIDE_THE_STEPS_OWN.contains(name))
                .filter(name -> !furtherVariables().contains(name))
                .collect(Collectors.toSet());
        assertThat(names).isEmpty();
    }

    @Test
    void whatIgnoresTerminationIsKilledWithItsWholeFamily() throws IOException {
        Path file = gate("process-ids");
        ExternalJob job = launch(request(workloads().ignoresTermination(file)));
        RecordingListener listener = watch(job);
        List<Long> family = awaitProcessIds(file, 3);
        assertThat(family).allMatch(LocalExecutorContract::isAlive);

        executor().cancel(job);

        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.exitCode()).hasValue(137);
        await().atMost(PATIENCE).until(() -> family.stream().noneMatch(LocalExecutorContract::isAlive));
        assertThat(listener.ends()).hasSize(1);
    }

    @Test
    void aJobLaunchedBeforeARestartCanBeCancelledAfterIt() {
        ExternalJob job = launch(request(workloads().printsAndWaits("hello", gate("gate"), 0)));
        await().atMost(PATIENCE).until(() -> log(job.key()).contains("hello"));
        executor().close();
        Executor restarted = reopened();
        RecordingListener listener = new RecordingListener();
        restarted.watch(job, listener);

        restarted.cancel(job);

        assertThat(listener.awaitEnd().exitCode()).hasValue(143);
    }

    @Test
    void whatAProgramLeavesBehindDoesNotOutliveTheAttempt() throws IOException {
        Path file = gate("process-ids");
        RecordingListener listener = watch(launch(request(workloads().leavesChildBehind(file))));

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        long child = awaitProcessIds(file, 1).get(0);
        await().atMost(PATIENCE).until(() -> !isAlive(child));
    }

    @Test
    void aGibibyteOnOneLineIsKeptInPartAndFillsNeitherDiskNorHeap() throws IOException {
        LaunchRequest request = request(workloads().floods(GIBIBYTE));
        Path attempt = attempts().resolve(request.key().value());
        long heapBefore = usedHeap();

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());

        long size = executor().output(request.key()).logSize();
        assertThat(size).isBetween(LOG_LIMIT / 2, LOG_LIMIT + 200);
        assertThat(sizeOf(attempt)).isLessThan(LOG_LIMIT + LOG_LIMIT / 4);
        assertThat(usedHeap() - heapBefore).isLessThan(64 << 20);
        byte[] marker = executor().output(request.key()).readLog(LOG_LIMIT / 2, 100);
        assertThat(new String(marker, StandardCharsets.US_ASCII))
                .startsWith("\n[tidegate: the log is too long;")
                .contains("bytes are left out here]\n");
        assertThat(executor().output(request.key()).readLog(size, 10)).isEmpty();
    }

    @Test
    void garbageInTheLogIsKeptByteForByte() throws IOException {
        LaunchRequest request = request(workloads().printsEveryByte(100));

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());

        byte[] log = executor().output(request.key()).readLog(0, 1 << 20);
        assertThat(log.length).isGreaterThanOrEqualTo(256 * 100);
        byte[] last = executor()
                .output(request.key())
                .readLog(executor().output(request.key()).logSize() - 256, 500);
        for (int value = 0; value < 256; value++) {
            assertThat(last[value]).isEqualTo((byte) value);
        }
    }

    /** Process ids from a file, once there are so many. */
    protected static List<Long> awaitProcessIds(Path file, int count) {
        await().atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() >= count);
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> Long.parseLong(line.strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process is there and is not a zombie. */
    protected static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static long sizeOf(Path attempt) throws IOException {
        try (Stream<Path> files = Files.walk(attempt)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
