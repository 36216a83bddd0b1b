package io.tidegate.executor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An executor under test, and what its tests do with it: launch, watch, read. */
public abstract class ExecutorFixture {
    protected static final Duration PATIENCE = Duration.ofMinutes(4);
    protected static final InstallationId INSTALLATION = new InstallationId("contract");
    protected static final InstallationId OTHER_INSTALLATION = new InstallationId("another");

    @TempDir
    protected Path folder;

    private final List<Executor> opened = new ArrayList<>();
    private Executor executor;
    private int attempts;

    /**
     * An executor over the jobs of this test; called again, another one over the same jobs, as a server finds them that starts again.
     *
     * @param installation whose it is
     */
    protected abstract Executor open(InstallationId installation);

    protected abstract ContractWorkloads workloads();

    protected abstract ExecutorSettings settings();

    /** Lets a job disappear so that nothing tells how it ended. */
    protected abstract void vanish(ExternalJob job);

    /** Whether the executor knows before the launch which programs there are; the others hear of it when the job ends. */
    protected boolean seesProgramsBeforeLaunch() {
        return true;
    }

    /** Whether a job's report can be read before the job has ended. */
    protected boolean tellsReportWhileRunning() {
        return true;
    }

    /** Identifier of the run whose attempts are launched; tests that share a cluster, which remembers launch keys, have one each. */
    protected String runId() {
        return "run-1";
    }

    @BeforeEach
    final void openExecutor() {
        executor = reopened();
    }

    @AfterEach
    final void closeExecutors() {
        opened.forEach(Executor::close);
    }

    protected final Executor executor() {
        return executor;
    }

    /** Another executor over the same jobs. */
    protected final Executor reopened() {
        return reopened(INSTALLATION);
    }

    /** Another executor over the same jobs, of the given installation. */
    protected final Executor reopened(InstallationId installation) {
        Executor another = open(installation);
        opened.add(another);
        return another;
    }

    protected final LaunchRequest request(Workload workload) {
        return request(workload, Map.of());
    }

    protected final LaunchRequest request(Workload workload, Map<String, String> environment) {
        attempts++;
        LaunchKey key = new LaunchKey(runId() + "-step-" + attempts);
        AttemptIdentity identity =
                new AttemptIdentity(new DagId("contract"), "contract-team", runId(), new StepId("step"), attempts);
        return new LaunchRequest(
                key,
                identity,
                settings(),
                workload,
                new LaunchRequest.Surroundings(folder.toString(), environment, "{\"step\":\"step\"}"),
                Duration.ofHours(1));
    }

    protected final ExternalJob launch(LaunchRequest request) {
        return launch(executor, request);
    }

    protected static ExternalJob launch(Executor executor, LaunchRequest request) {
        LaunchResult result = executor.launch(request);
        assertThat(result).isInstanceOf(LaunchResult.Accepted.class);
        return ((LaunchResult.Accepted) result).job();
    }

    protected final RecordingListener watch(ExternalJob job) {
        RecordingListener listener = new RecordingListener();
        executor.watch(job, listener);
        return listener;
    }

    /** Whether an attempt is of this test; a cluster may have those of others. */
    protected final boolean isOurs(LaunchKey key) {
        return key.value().startsWith(runId() + "-step-");
    }

    /** Launches and waits for the end. */
    protected final Observation.Ended run(LaunchRequest request) {
        return watch(launch(request)).awaitEnd();
    }

    protected final String report(LaunchKey key) {
        try (InputStream stream = executor.output(key).report()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final String log(LaunchKey key) {
        try {
            return new String(executor.output(key).readLog(0, 1 << 20), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final Path openGate(String name) {
        try {
            return Files.createFile(gate(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final Path gate(String name) {
        return folder.resolve(name);
    }
}
