package io.tidegate.executor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.LocalExecutorContract;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessExecutorTest extends LocalExecutorContract {
    // Processes are found by their keys all over the machine, where other builds may run the same tests.
    private final String runId = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Override
    protected String runId() {
        return runId;
    }

    @Override
    protected Executor open(InstallationId installation) {
        ProcessSettings settings = ProcessSettings.defaults(installation, attempts())
                .withGrace(GRACE)
                .withLogLimit(LOG_LIMIT);
        return new ProcessExecutor(settings, InstantSource.system());
    }

    @Override
    protected ContractWorkloads workloads() {
        return new ShellWorkloads();
    }

    @Override
    protected ExecutorSettings settings() {
        return new ExecutorSettings.LocalProcess();
    }

    private static Workload command(String... line) {
        return new Workload.CommandLine(List.of(line));
    }

    private String rejection(LaunchRequest request) {
        LaunchResult result = executor().launch(request);
        assertThat(result).isInstanceOf(LaunchResult.Rejected.class);
        return ((LaunchResult.Rejected) result).message();
    }

    @Test
    void whatWasRejectedIsNotStartedByALaunchThatComesLater() throws IOException {
        LaunchRequest request = request(command("./made-later"));
        assertThat(rejection(request)).contains("does not exist");
        Path program = Path.of(request.workingDirectory()).resolve("made-later");
        Files.writeString(program, "#!/bin/sh\ntouch started-after-all\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        assertThat(rejection(request)).contains("cannot be claimed");
        assertThat(executor().find(request.key())).isEqualTo(new FindResult.NotFound());
        assertThat(program.resolveSibling("started-after-all")).doesNotExist();
    }

    @Test
    void whatWasForgoneIsNotStartedAndWhatGoesOnCannotBeForgone() throws IOException {
        LaunchRequest given = request(workloads().exits(0));
        assertThat(executor().forgo(given.key())).isTrue();
        assertThat(executor().forgo(given.key())).isTrue();
        assertThat(rejection(given)).contains("cannot be claimed");

        LaunchRequest going = request(workloads().exits(0));
        RecordingListener listener = watch(launch(going));
        assertThat(executor().forgo(going.key())).isFalse();
        assertThat(listener.awaitEnd().exitCode()).hasValue(0);
    }

    @Test
    void aLaunchThatStoppedBeforeTheStartIsStartedByTheNextOne() throws IOException {
        LaunchRequest request = request(workloads().exits(0));
        new AttemptFolder(attempts().resolve(request.key().value())).prepare("{}", "{}");

        assertThat(executor().find(request.key())).isEqualTo(new FindResult.NotFound());
        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());
    }

    @Test
    void aProcessIdThatWasGivenToAnotherProcessIsNotTheJob() throws IOException {
        LaunchRequest request = request(workloads().exits(0));
        AttemptFolder attempt =
                new AttemptFolder(attempts().resolve(request.key().value()));
        attempt.prepare("{}", "{}");
        ProcessStat self = ProcessStat.read(ProcessHandle.current().pid()).orElseThrow();
        String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
        Files.writeString(attempt.started(), self.pid() + " " + (self.startTicks() - 1) + " " + boot);

        ExternalJob job = ((FindResult.Found) executor().find(request.key())).job();
        RecordingListener listener = watch(job);

        assertThat(listener.awaitEnd().failure()).contains(FailureKind.LOST);
        executor().cancel(job);
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void aProcessOfAnotherMachineOrAnEarlierBootIsLost() throws IOException {
        LaunchRequest request = request(workloads().exits(0));
        AttemptFolder attempt =
                new AttemptFolder(attempts().resolve(request.key().value()));
        attempt.prepare("{}", "{}");
        ProcessStat self = ProcessStat.read(ProcessHandle.current().pid()).orElseThrow();
        Files.writeString(attempt.started(), self.pid() + " " + self.startTicks() + " another-boot\n");

        ExternalJob job = launch(request);

        Observation.Ended end = watch(job).awaitEnd();
        assertThat(end.failure()).contains(FailureKind.LOST);
        assertThat(end.message()).contains("another machine", "no exit code was written");
    }

    @Test
    void aProgramThatOutlivesWhatWaitsForItIsEndedBeforeItIsCalledLost() throws IOException {
        Path file = gate("process-ids");
        ExternalJob job = launch(request(workloads().ignoresTermination(file)));
        RecordingListener listener = watch(job);
        List<Long> family = awaitProcessIds(file, 3);

        // What waits for the program and what keeps its log; the program and its children go on.
        ProcessHandle leader =
                ProcessHandle.of(Long.parseLong(job.externalId())).orElseThrow();
        List<ProcessHandle> script = leader.descendants()
                .filter(process -> !family.contains(process.pid()))
                .filter(process -> process.children().findAny().isPresent())
                .toList();
        leader.destroyForcibly();
        script.forEach(ProcessHandle::destroyForcibly);

        assertThat(listener.awaitEnd().failure()).contains(FailureKind.LOST);
        assertThat(family).noneMatch(LocalExecutorContract::isAlive);
        // Nothing of it is left in the table of processes either, whose places are few.
        await().atMost(PATIENCE).until(() -> !leader.isAlive());
    }

    @Test
    void aProgramThatEndsItsWholeGroupEndsNoOtherAttempt() throws IOException {
        LaunchRequest other = request(workloads().printsAndWaits("hello", gate("gate"), 6));
        RecordingListener listener = watch(launch(other));
        listener.awaitRunning();

        assertThat(run(request(command("sh", "-c", "kill -TERM 0"))).exitCode()).hasValue(143);
        assertThat(run(request(command("sh", "-c", "kill -KILL 0"))).exitCode()).hasValue(137);

        openGate("gate");
        assertThat(listener.awaitEnd().exitCode()).hasValue(6);
    }

    @Test
    void attemptsOutliveTheirLauncherAndTheNextLaunchHasAnother() {
        ExternalJob job = launch(request(workloads().printsAndWaits("hello", gate("gate"), 6)));
        RecordingListener listener = watch(job);
        ProcessHandle launcher = ProcessHandle.of(Long.parseLong(job.externalId()))
                .flatMap(ProcessHandle::parent)
                .orElseThrow();

        launcher.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !isAlive(launcher.pid()));
        assertThat(run(request(workloads().exits(5))).exitCode()).hasValue(5);

        openGate("gate");
        assertThat(listener.awaitEnd().exitCode()).hasValue(6);
    }

    @Test
    void variablesThatMeanSomethingToShellsArriveAsTheyAre() {
        Map<String, String> variables =
                Map.of("IFS", "e", "CDPATH", "/usr", "UID", "7", "PPID", "x", "head", "of a log", "key", "another");
        LaunchRequest request = request(workloads().reportsEnvironment(), variables);

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());

        assertThat(List.of(report(request.key()).split("\0", -1)))
                .contains("CDPATH=/usr", "UID=7", "head=of a log", "key=another");
    }

    @Test
    void anAttemptOfAnEarlierVersionIsCancelledAndItsExitCodeWritten() throws IOException {
        LaunchRequest request = request(workloads().exits(0));
        AttemptFolder attempt =
                new AttemptFolder(attempts().resolve(request.key().value()));
        attempt.prepare("{}", "{}");
        // Earlier versions had a script for each attempt, which led the program's session and had its launch key.
        Path script = Files.createDirectories(attempts().resolve(".tidegate")).resolve("launch-0123456789ab.sh");
        Files.writeString(script, """
                trap : TERM
                read -r stat < /proc/$$/stat
                read -r boot < /proc/sys/kernel/random/boot_id
                set -- "$1" ${stat##*) }
                shift 19
                printf '%s %s %s\n' "$$" "$2" "$boot" > "$0.claim"
                mv "$0.claim" "$FOLDER/started"
                sh -c 'while :; do sleep 1; done'
                echo "$?" > "$FOLDER/exit"
                """);
        ProcessBuilder earlier = new ProcessBuilder("setsid", "sh", script.toString());
        earlier.environment().put("TIDEGATE_LAUNCH_KEY", request.key().value());
        earlier.environment().put("FOLDER", attempt.path().toString());
        Process process = earlier.start();
        await().atMost(PATIENCE).until(() -> Files.exists(attempt.started()));

        ExternalJob job = ((FindResult.Found) executor().find(request.key())).job();
        RecordingListener listener = watch(job);
        executor().cancel(job);

        assertThat(listener.awaitEnd().exitCode()).hasValue(143);
        assertThat(process.pid()).isEqualTo(Long.parseLong(job.externalId()));
    }

    @Test
    void aChildThatHoldsTheLogOpenDoesNotHoldBackTheEnd() throws IOException {
        Path file = gate("process-ids");
        Workload workload = command(
                "sh",
                "-c",
                "setsid sh -c 'trap \"\" TERM; echo $$ > \"$1\"; while :; do sleep 1; done' sh \"$1\" & exit 5",
                "sh",
                file.toString());

        assertThat(run(request(workload)).exitCode()).hasValue(5);
        long child = awaitProcessIds(file, 1).get(0);
        await().atMost(PATIENCE).until(() -> !isAlive(child));
    }

    @Test
    void aProcessFromBeforeThereWereInstallationsIsListedWithoutAMark() throws Exception {
        LaunchRequest request = request(workloads().exits(0));
        run(request);
        executor().close();
        // What a server of an earlier version left running: its environment has the launch key alone.
        ProcessBuilder left = new ProcessBuilder("sleep", "60");
        left.environment().put("TIDEGATE_LAUNCH_KEY", request.key().value());
        Process process = left.start();

        assertThat(reopened().list())
                .flatExtracting(ClusterListing::jobs)
                .singleElement()
                .matches(listed -> listed.active() && !listed.marked());

        process.destroyForcibly().waitFor();
    }

    @Test
    void anOrphanIsListedAndEndedAlsoByALaterServer() {
        LaunchRequest request = request(workloads().printsAndWaits("hello", gate("gate"), 0));
        watch(launch(request)).awaitRunning();

        Executor later = reopened();
        later.list().get(0).jobs().forEach(orphan -> later.cancel(orphan.job()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(later.list())
                        .flatExtracting(ClusterListing::jobs)
                        .isEmpty());
    }

    @Test
    void manyShortLinesAreAllKeptUpToTheLimit() throws IOException {
        LaunchRequest request =
                request(command("sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i + 1)); done"));

        run(request);

        assertThat(log(request.key()).lines()).hasSize(20000).last().isEqualTo("line 19999");
    }

    @Test
    void writingToDevStderrKeepsWhatWasPrintedBefore() {
        LaunchRequest request =
                request(command("sh", "-c", "echo one; echo two > /dev/stderr; echo three > /dev/stdout"));

        run(request);

        assertThat(log(request.key())).isEqualTo("one\ntwo\nthree\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "true", "echo", "printf"})
    void aProgramNamedLikeAShellCommandIsTheProgram(String name) throws IOException {
        Path program = Files.createDirectory(gate("bin-" + name)).resolve(name);
        Files.writeString(program, "#!/bin/sh\nexit 42\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String path = program.getParent() + ":/usr/bin:/bin";

        assertThat(run(request(command(name, "3"), Map.of("PATH", path))).exitCode())
                .hasValue(42);
    }

    @Test
    void aProgramBesideTheDagIsStartedFromTheWorkingDirectory() throws IOException {
        Path program = Files.writeString(folder.resolve("step.sh"), "#!/bin/sh\npwd\n");
        assertThat(rejection(request(command("./step.sh")))).contains("is not executable", "chmod +x");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        LaunchRequest request = request(command("./step.sh"));
        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());
        assertThat(log(request.key())).isEqualTo(folder.toRealPath() + "\n");
    }

    @Test
    void rejectionsSayWhatToDo() {
        assertThat(rejection(request(command("no-such-program"))))
                .contains("was not found in PATH", "./no-such-program");
        assertThat(rejection(request(command("/nowhere/program")))).contains("does not exist");
        assertThat(rejection(request(command("/usr")))).contains("is a directory");
        assertThat(rejection(request(command(" ")))).contains("name is empty");
        assertThat(rejection(request(command("true"), Map.of("a-b", "c")))).contains("'a-b'", "letters, digits and _");
        assertThat(rejection(request(command("true"), Map.of("LONG", "x".repeat(1 << 18)))))
                .contains("variable LONG");
        List<String> many = new ArrayList<>(List.of("true"));
        many.addAll(Collections.nCopies(20, "x".repeat(100_000)));
        assertThat(rejection(request(new Workload.CommandLine(many)))).contains("together", "in a file");
        assertThat(rejection(request(new Workload.SparkApplication("app.jar", "Main", List.of(), List.of()))))
                .contains("starts commands");
    }

    @Test
    void aMissingInterpreterIsToldInTheLog() throws IOException {
        Path program = Files.writeString(folder.resolve("step"), "#!/nowhere/interpreter\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        LaunchRequest request = request(command("./step"));

        Observation.Ended ended = run(request);

        assertThat(ended.message()).contains("interpreter was not found (exit 127)");
        assertThat(log(request.key())).contains("step");
    }

    @Test
    void aMissingWorkingDirectoryIsThePlatformsFault() {
        LaunchRequest here = request(workloads().exits(0));
        LaunchRequest elsewhere = new LaunchRequest(
                here.key(),
                here.identity(),
                here.settings(),
                here.workload(),
                new LaunchRequest.Surroundings("/nowhere/at/all", Map.of(), "{}"),
                here.timeout());

        LaunchResult.Rejected rejected = (LaunchResult.Rejected) executor().launch(elsewhere);

        assertThat(rejected.kind()).isEqualTo(FailureKind.PLATFORM);
        assertThat(rejected.message()).contains("/nowhere/at/all");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new ProcessExecutor(
                        ProcessSettings.defaults(INSTALLATION, file.resolve("attempts")), InstantSource.system()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cannot be written");
    }
}
