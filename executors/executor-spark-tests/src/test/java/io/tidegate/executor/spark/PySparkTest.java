package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Python applications, with the pyspark package of this machine's python3, which is a whole Spark home. */
@Timeout(600)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(value = "clusters", mode = ResourceAccessMode.READ)
final class PySparkTest extends ExecutorFixture {
    private static final String VERSION = "4.1.0";
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static Optional<SparkHome> home;

    private final String run = "python-" + RUNS.incrementAndGet();

    @BeforeAll
    static void findPackage() throws Exception {
        home = packageOfPython();
        if (home.isEmpty()) {
            System.out.println("[python] not run: PySparkTest; it needs a python3 that can import pyspark " + VERSION
                    + ": python3 -m pip install pyspark==" + VERSION);
        }
        Assumptions.assumeTrue(home.isPresent(), "python3 has no pyspark " + VERSION);
    }

    private static Optional<SparkHome> packageOfPython() throws InterruptedException {
        try {
            Process python = new ProcessBuilder(
                            "python3", "-c", "import pyspark; print(pyspark.__version__, pyspark.__path__[0])")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean there = python.waitFor() == 0 && said.startsWith(VERSION + " ");
            return there ? Optional.of(new SparkHome(Path.of(said.split(" ", 2)[1]))) : Optional.empty();
        } catch (IOException noPython) {
            return Optional.empty();
        }
    }

    @Override
    protected String runId() {
        return run;
    }

    @Override
    protected Executor open(InstallationId installation) {
        StandaloneServers servers = StandaloneServers.shared();
        SparkProfile profile = new SparkProfile(
                StandaloneServers.PROFILE,
                home.orElseThrow(),
                servers.profile().environment(),
                Optional.of(servers.master()),
                Optional.of(servers.pages()),
                Optional.empty());
        return new SparkExecutor(
                new SparkSettings(home.orElseThrow(), folder.resolve("cache"), SparkSettings.Archives.NEVER)
                        .withProfiles(Map.of(StandaloneServers.PROFILE, profile))
                        .withLookInterval(Duration.ofMillis(300)),
                ProcessSettings.defaults(installation, folder.resolve("attempts")),
                InstantSource.system());
    }

    @Override
    protected ContractWorkloads workloads() {
        throw new UnsupportedOperationException("the contract is not asked of Python");
    }

    @Override
    protected ExecutorSettings settings() {
        return settings(SparkTarget.of("local[2]"), Map.of());
    }

    private ExecutorSettings settings(SparkTarget target, Map<String, String> configuration) {
        return new ExecutorSettings.Spark(
                target,
                SparkResources.of("512m"),
                new SparkDependencies(List.of(), List.of("doubling.py"), List.of(), List.of()),
                false,
                configuration);
    }

    @Override
    protected void vanish(ExternalJob job) {
        throw new UnsupportedOperationException("the contract is not asked of Python");
    }

    /** An application whose workers need a file that it brings along. */
    private LaunchRequest request() {
        try {
            Files.writeString(folder.resolve("doubling.py"), "def doubled(number):\n    return 2 * number\n");
            Path script = Files.writeString(folder.resolve("application.py"), """
                    import os, sys
                    from pyspark.sql import SparkSession
                    from doubling import doubled
                    session = SparkSession.builder.getOrCreate()
                    total = session.sparkContext.parallelize(range(100), 4).map(doubled).sum()
                    with open(os.environ["TIDEGATE_OUTPUT"], "a") as report:
                        report.write(f"{total} {sys.argv[1]}")
                    session.stop()
                    sys.exit(int(sys.argv[2]))
                    """);
            return request(new Workload.SparkApplication(script.toString(), "", List.of("two words", "3"), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertRuns(LaunchRequest request) {
        Observation.Ended ended = run(request);

        assertThat(report(request.key())).as(() -> log(request.key())).isEqualTo("9900 two words");
        assertThat(ended.exitCode()).hasValue(3);
    }

    @Test
    void anApplicationRunsOnThisMachine() {
        assertRuns(request());
    }

    @Test
    void anApplicationRunsOnAStandaloneCluster() {
        SparkTarget target = new SparkTarget(
                Optional.of(StandaloneServers.PROFILE),
                Optional.empty(),
                Optional.of(DeployMode.CLIENT),
                Optional.empty(),
                Optional.empty());
        assertRuns(request().with(settings(target, StandaloneServers.shared().configuration())));
    }
}
