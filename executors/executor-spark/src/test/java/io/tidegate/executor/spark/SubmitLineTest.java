package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubmitLineTest {
    private final SubmitLine submitLine =
            new SubmitLine(new SparkHome(Path.of("/opt/spark")), Path.of("/cache/log4j2.properties"));
    private final Workload.SparkApplication application = new Workload.SparkApplication(
            "/app.jar", "Main", List.of("--one", "two words"), List.of("/a.jar", "/b.jar"));

    private List<String> line(String master, Map<String, String> configuration, List<String> archiveOptions) {
        return submitLine.of(
                new ExecutorSettings.Spark(master, "1g", configuration),
                application,
                Path.of("/attempts/key/scratch"),
                StartupMode.QUICK,
                archiveOptions);
    }

    private static String javaOptions(List<String> line) {
        return line.get(line.indexOf("--driver-java-options") + 1);
    }

    @Test
    void theApplicationComesLastWithItsArgumentsAsTheyAre() {
        List<String> line = line("local[2]", Map.of(), List.of());

        assertThat(line).startsWith("/opt/spark/bin/spark-submit", "--master", "local[2]", "--driver-memory", "1g");
        assertThat(line).endsWith("--class", "Main", "--jars", "/a.jar,/b.jar", "/app.jar", "--one", "two words");
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
