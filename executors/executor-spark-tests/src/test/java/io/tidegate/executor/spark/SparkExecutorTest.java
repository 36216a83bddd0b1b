package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.Executor;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.LocalExecutorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
final class SparkExecutorTest extends LocalExecutorContract {
    private static Path applications;
    private static Path contractJar;

    @BeforeAll
    static void makeApplication(@TempDir Path sharedFolder) throws IOException {
        applications = sharedFolder;
        contractJar = TestHome.contractApplication(sharedFolder);
    }

    @Override
    protected Executor open(InstallationId installation) {
        return open(TestHome.BUNDLED, installation);
    }

    private SparkExecutor open(SparkHome home, InstallationId installation) {
        return new SparkExecutor(
                new SparkSettings(home, folder.resolve("cache"), SparkSettings.Archives.NEVER),
                ProcessSettings.defaults(installation, attempts())
                        .withGrace(GRACE)
                        .withLogLimit(LOG_LIMIT),
                InstantSource.system());
    }

    @Override
    protected ContractWorkloads workloads() {
        return new ApplicationWorkloads(contractJar);
    }

    @Override
    protected ExecutorSettings settings() {
        return settings(Map.of());
    }

    private static ExecutorSettings settings(Map<String, String> configuration) {
        return ExecutorSettings.Spark.of("local[2]", "512m", configuration);
    }

    @Override
    protected Set<String> furtherVariables() {
        return Set.of("SPARK_LOCAL_IP", "SPARK_CONF_DIR");
    }

    private LaunchRequest with(LaunchRequest request, ExecutorSettings settings) {
        return request.with(settings);
    }

    private LaunchResult.Rejected rejected(Executor chosen, LaunchRequest request) {
        LaunchResult result = chosen.launch(request);
        assertThat(result).isInstanceOf(LaunchResult.Rejected.class);
        return (LaunchResult.Rejected) result;
    }

    @Test
    void aSessionWorksWithLocalDefaultsAndLeavesNothingButItsOutput() throws IOException {
        Path jar = TestHome.compile(applications, "SessionApplication", """
                import java.nio.file.*;
                import org.apache.spark.sql.*;
                import static org.apache.spark.sql.functions.*;
                public class SessionApplication {
                    public static void main(String[] arguments) throws Exception {
                        SparkSession session = SparkSession.builder().getOrCreate();
                        session.range(1000).groupBy(col("id").mod(10)).count().write().parquet(arguments[0]);
                        StringBuilder report = new StringBuilder("rows " + session.read().parquet(arguments[0]).count());
                        for (String name : new String[] {"spark.ui.enabled", "spark.sql.shuffle.partitions", "spark.driver.host", "spark.my.setting"}) {
                            report.append(" ").append(session.conf().get(name));
                        }
                        report.append(" ").append(System.getProperty("my.property"));
                        Files.writeString(Path.of(System.getenv("TIDEGATE_OUTPUT")), report + "\\n");
                        session.stop();
                    }
                }
                """);
        Path output = folder.resolve("parquet");
        LaunchRequest request = with(
                request(new Workload.SparkApplication(
                        jar.toString(), "SessionApplication", List.of(output.toString()), List.of())),
                settings(Map.of(
                        "spark.my.setting", "two words", "spark.driver.extraJavaOptions", "-Dmy.property='a b'")));

        assertThat(run(request)).isEqualTo(Observation.Ended.succeeded());

        assertThat(report(request.key())).isEqualTo("rows 10 false 2 127.0.0.1 two words a b\n");
        assertThat(log(request.key())).doesNotContain("loopback", "native-hadoop", "ERROR");
        assertThat(attempts().resolve(request.key().value()).resolve("scratch")).doesNotExist();
        assertThat(folder.resolve("spark-warehouse")).doesNotExist();
        assertThat(Files.exists(output.resolve("_SUCCESS"))).isTrue();
    }

    @Test
    void anApplicationThatThrowsIsTheAuthorsFailureAndItsReasonIsInTheLog() {
        LaunchRequest request = request(new Workload.SparkApplication(
                contractJar.toString(), ContractApplication.class.getName(), List.of("nonsense"), List.of()));

        Observation.Ended ended = run(request);

        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.exitCode()).hasValue(1);
        assertThat(log(request.key())).contains("IllegalArgumentException: nonsense");
    }

    @Test
    void aHomeThatIsNoneIsRejectedInOneLine() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path withoutJars = Files.createDirectories(folder.resolve("without-jars"));
        Files.createDirectories(withoutJars.resolve("jars"));
        Path script = Files.writeString(
                Files.createDirectories(withoutJars.resolve("bin")).resolve("spark-submit"), "");

        for (Map.Entry<Path, String> home : Map.of(
                        folder.resolve("nowhere"),
                        "does not exist",
                        empty,
                        "has no bin/spark-submit",
                        withoutJars,
                        "not executable")
                .entrySet()) {
            try (SparkExecutor executor = open(new SparkHome(home.getKey()), INSTALLATION)) {
                LaunchResult.Rejected rejected =
                        rejected(executor, request(workloads().exits(0)));
                assertThat(rejected.kind()).isEqualTo(FailureKind.PLATFORM);
                assertThat(rejected.message())
                        .contains(home.getKey().toString(), home.getValue(), "set SPARK_HOME")
                        .doesNotContain("\n");
            }
        }
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(new SparkHome(withoutJars).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("spark-core"));
    }

    @Test
    void aMissingJavaIsRejectedWithTheWayToGetIt() {
        LaunchRequest request = request(workloads().exits(0), Map.of("JAVA_HOME", "/nowhere"));

        assertThat(rejected(executor(), request).message()).contains("Spark needs Java", "apt-get install");
    }

    @Test
    void anUnknownStartupModeIsRejectedWithTheKnownOnes() {
        LaunchRequest request = with(request(workloads().exits(0)), settings(Map.of("spark.tidegate.startup", "fast")));

        assertThat(rejected(executor(), request).message()).contains("quick or throughput", "'fast'");
    }

    @Test
    void whatIsNoSparkApplicationIsRejected() {
        LaunchRequest command = request(new Workload.CommandLine(List.of("true")));
        LaunchRequest withoutClass =
                request(new Workload.SparkApplication(contractJar.toString(), "", List.of(), List.of()));
        LaunchRequest missingJar = request(new Workload.SparkApplication(
                contractJar.toString(), "Main", List.of(), List.of("/nowhere/library.jar")));

        assertThat(rejected(executor(), command).message()).contains("submits Spark applications");
        assertThat(rejected(executor(), withoutClass).message()).contains("main class");
        assertThat(rejected(executor(), missingJar).message()).contains("/nowhere/library.jar does not exist");
    }
}
