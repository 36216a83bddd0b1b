package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.executor.Workload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubmitLineTest {
    private final SubmitLine submitLine =
            new SubmitLine(new SparkHome(Path.of("/opt/spark")), Path.of("/cache/log4j2.properties"));
    private final Workload.SparkApplication application = new Workload.SparkApplication(
            "/app.jar", "Main", List.of("--one", "two words"), List.of("/a.jar", "/b.jar"));

    private List<String> line(String master, Map<String, String> configuration, List<String> archiveOptions) {
        return submitLine.here(
                content(master, ExecutorSettings.Spark.of(master, "1g", configuration), Map.of()),
                new SubmitLine.Driver(Path.of("/attempts/key/scratch"), StartupMode.QUICK, archiveOptions));
    }

    private SubmitLine.Content content(String master, ExecutorSettings.Spark settings, Map<String, String> added) {
        return new SubmitLine.Content(master, settings, application, Path.of("/dag"), added);
    }

    private static String javaOptions(List<String> line) {
        return line.get(line.indexOf("--driver-java-options") + 1);
    }

    @Test
    void theApplicationComesLastWithItsArgumentsAsTheyAre() {
        List<String> line = line("local[2]", Map.of(), List.of());

        assertThat(line).startsWith("/opt/spark/bin/spark-submit", "--master", "local[2]", "--driver-memory", "1g");
        assertThat(line).endsWith("--jars", "/a.jar,/b.jar", "--class", "Main", "/app.jar", "--one", "two words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"local|2", "local[1]|2", "local[2]|2", "local[8]|8", "local[4,3]|4"})
    void localModeHasAsManyPartitionsAsCores(String master, String partitions) {
        assertThat(line(master, Map.of(), List.of()))
                .contains("spark.sql.shuffle.partitions=" + partitions, "spark.ui.enabled=false");
    }

    @Test
    void theStepsPropertiesWinOverTheDefaults() {
        List<String> line =
                line("local[2]", Map.of("spark.sql.shuffle.partitions", "7", "spark.ui.enabled", "true"), List.of());

        assertThat(line)
                .contains("spark.sql.shuffle.partitions=7", "spark.ui.enabled=true")
                .doesNotContain("spark.sql.shuffle.partitions=2", "spark.ui.enabled=false");
    }

    @Test
    void aClusterGetsNoLocalDefaultsAndSparkNeverSeesOurOwnProperty() {
        List<String> line = line("spark://master:7077", Map.of("spark.tidegate.startup", "quick"), List.of());

        assertThat(line)
                .noneMatch(word -> word.startsWith("spark.sql.shuffle.partitions"))
                .noneMatch(word -> word.contains("tidegate.startup"));
    }

    @Test
    void theStepsJavaOptionsComeAfterOurs() {
        List<String> line = line(
                "local[2]",
                Map.of("spark.driver.extraJavaOptions", "-Da='b c' -Dlog4j2.level=info"),
                List.of("-XX:SharedArchiveFile=/c.jsa"));

        assertThat(javaOptions(line))
                .startsWith("-XX:+UseSerialGC")
                .contains("-XX:SharedArchiveFile=/c.jsa", "-Dlog4j2.configurationFile=file:///cache/log4j2.properties")
                .endsWith(" -Da='b c' -Dlog4j2.level=info");
        assertThat(line).noneMatch(word -> word.startsWith("spark.driver.extraJavaOptions"));
    }

    @Test
    void theStepsCollectorReplacesOurs() {
        List<String> line = line("local[2]", Map.of("spark.driver.extraJavaOptions", "-XX:+UseG1GC"), List.of());

        assertThat(javaOptions(line)).doesNotContain("UseSerialGC").endsWith("-XX:+UseG1GC");
    }

    @Test
    void pathsWithSpacesAreQuotedAndThoseThatCannotBeAreRefused() {
        assertThat(JavaOptions.join(List.of("-Da=/x y/z", "-Db"))).isEqualTo("\"-Da=/x y/z\" -Db");
        assertThatThrownBy(() -> JavaOptions.join(List.of("-Da=\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a quote");
    }

    private static ExecutorSettings.Spark everySetting() {
        return new ExecutorSettings.Spark(
                new SparkTarget(
                        Optional.empty(),
                        Optional.of("yarn"),
                        Optional.empty(),
                        Optional.of("etl"),
                        Optional.of(new SparkTarget.Login("etl@EXAMPLE.ORG", "/etc/etl.keytab"))),
                new SparkResources(
                        "2g",
                        OptionalInt.of(2),
                        Optional.of("4g"),
                        OptionalInt.of(3),
                        OptionalInt.empty(),
                        Optional.of(new SparkResources.DynamicAllocation(1, 8))),
                new SparkDependencies(
                        List.of("lib/udfs.jar"),
                        List.of("jobs/helpers.zip"),
                        List.of("g:a:1"),
                        List.of("lookup/a.csv#a.csv", "hdfs:///b.csv")),
                false,
                Map.of("spark.yarn.tags", "mine", "spark.x", "y"));
    }

    @Test
    void resourcesDependenciesAndPlaceBecomeOptions() {
        List<String> line = submitLine.toCluster(
                content("yarn", everySetting(), Map.of("spark.yarn.tags", "mine,tidegate")),
                Path.of("/key/spark.properties"));

        assertThat(line)
                .startsWith("/opt/spark/bin/spark-submit", "--master", "yarn", "--driver-memory", "2g")
                .containsSequence("--deploy-mode", "cluster", "--properties-file", "/key/spark.properties")
                .containsSequence("--driver-cores", "2")
                .containsSequence("--conf", "spark.x=y")
                .containsSequence("--executor-memory", "4g", "--executor-cores", "3")
                .contains(
                        "spark.dynamicAllocation.enabled=true",
                        "spark.dynamicAllocation.minExecutors=1",
                        "spark.dynamicAllocation.maxExecutors=8",
                        "spark.dynamicAllocation.shuffleTracking.enabled=true")
                .containsSequence("--queue", "etl", "--principal", "etl@EXAMPLE.ORG", "--keytab", "/etc/etl.keytab")
                .containsSequence("--jars", "/a.jar,/b.jar,/dag/lib/udfs.jar", "--py-files", "/dag/jobs/helpers.zip")
                .containsSequence("--packages", "g:a:1", "--files", "/dag/lookup/a.csv#a.csv,hdfs:///b.csv")
                .noneMatch(word -> word.startsWith("spark.yarn.tags"));
    }

    @Test
    void lineageIsInjectedWithTheAttemptAsParent() {
        ExecutorSettings.Spark plain = ExecutorSettings.Spark.of("local[2]", "1g", Map.of());
        ExecutorSettings.Spark asking = new ExecutorSettings.Spark(
                plain.target(),
                plain.resources(),
                SparkDependencies.NONE,
                true,
                Map.of("spark.extraListeners", "org.example.Mine"));
        Map<String, String> environment = Map.of(
                "OPENLINEAGE_URL", "http://lineage:5000",
                "TIDEGATE_RUN_ID", "4b1f1f0e-0f5b-4f53-9f2b-6f6d1a9b9c11",
                "TIDEGATE_DAG", "flights",
                "TIDEGATE_STEP", "clean",
                "TIDEGATE_ATTEMPT", "1");

        Map<String, String> properties = SparkLineage.properties(asking, TestHome.BUNDLED, environment, true);
        List<String> line = submitLine.here(
                content("local[2]", asking, properties),
                new SubmitLine.Driver(Path.of("/attempts/key/scratch"), StartupMode.QUICK, List.of()));

        assertThat(SparkLineage.properties(plain, TestHome.BUNDLED, environment, true))
                .isEmpty();
        Map<String, String> withKey = Map.of("OPENLINEAGE_URL", "http://lineage:5000", "OPENLINEAGE_API_KEY", "secret");
        assertThat(SparkLineage.problem(asking, withKey, false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("OPENLINEAGE_API_KEY on the command line"));
        assertThat(SparkLineage.problem(asking, withKey, true)).isEmpty();
        assertThat(SparkLineage.problem(asking, Map.of(), false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("OPENLINEAGE_URL"));
        assertThat(line)
                .contains(
                        "spark.extraListeners=org.example.Mine,io.openlineage.spark.agent.OpenLineageSparkListener",
                        "spark.openlineage.transport.url=http://lineage:5000",
                        "spark.openlineage.parentJobName=flights.clean",
                        "spark.openlineage.parentRunId="
                                + UUID.nameUUIDFromBytes("4b1f1f0e-0f5b-4f53-9f2b-6f6d1a9b9c11/clean/1"
                                        .getBytes(StandardCharsets.UTF_8)))
                .containsSequence("--packages", "io.openlineage:openlineage-spark_2.13:1.53.0");
    }

    @ParameterizedTest
    @CsvSource({
        "local[2],1g,QUICK",
        "local[2],2048m,QUICK",
        "local[2],2,QUICK",
        "local[2],3g,THROUGHPUT",
        "local[2],2t,THROUGHPUT",
        "spark://host:7077,1g,THROUGHPUT"
    })
    void smallLocalDriversStartQuickly(String master, String memory, StartupMode mode) {
        assertThat(StartupMode.usual(master, memory)).isEqualTo(mode);
    }

    @Test
    void sparkHomeOfTheEnvironmentComesBeforeTheBundledOne() {
        Path bundled = Path.of("/bundled");

        assertThat(SparkHome.choose(Map.of("SPARK_HOME", "/opt/mine"), bundled).path())
                .isEqualTo(Path.of("/opt/mine"));
        assertThat(SparkHome.choose(Map.of("SPARK_HOME", " "), bundled).path()).isEqualTo(bundled);
        assertThat(SparkHome.choose(Map.of(), bundled).path()).isEqualTo(bundled);
    }
}
