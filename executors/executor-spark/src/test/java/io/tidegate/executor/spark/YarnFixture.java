package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.process.ProcessSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What tests on YARN submit with: an older Spark than this machine's own, by a profile. */
record YarnFixture(YarnServers servers, Path shared) {
    static final String PROFILE = "yarn-test";

    SparkExecutor open(InstallationId installation, Path folder) {
        SparkProfile profile = new SparkProfile(
                PROFILE,
                TestHome.YARN,
                Map.of("HADOOP_CONF_DIR", servers.configuration().toString(), "SPARK_LOCAL_IP", "127.0.0.1"),
                Optional.of("yarn"),
                Optional.empty(),
                Optional.of("http://history:18080"));
        return new SparkExecutor(
                new SparkSettings(TestHome.BUNDLED, folder.resolve("cache"), SparkSettings.Archives.NEVER)
                        .withProfiles(Map.of(PROFILE, profile))
                        .withLookInterval(Duration.ofMillis(200)),
                ProcessSettings.defaults(installation, folder.resolve("attempts"))
                        .withGrace(Duration.ofSeconds(1)),
                InstantSource.system());
    }

    ExecutorSettings settings(DeployMode mode, Map<String, String> more) {
        Map<String, String> configuration = new java.util.HashMap<>(Map.of(
                // Every submit would otherwise carry all of Spark to the cluster.
                "spark.yarn.jars", "local:" + TestHome.YARN.jarFolder() + "/*",
                "spark.yarn.stagingDir", shared.resolve("staging").toUri().toString(),
                "spark.executor.instances", "1",
                "spark.yarn.am.memory", "512m",
                "spark.driver.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"));
        configuration.putAll(more);
        return new ExecutorSettings.Spark(
                new SparkTarget(
                        Optional.of(PROFILE),
                        Optional.empty(),
                        Optional.of(mode),
                        Optional.of("default"),
                        Optional.empty()),
                SparkResources.of("512m"),
                SparkDependencies.NONE,
                false,
                configuration);
    }
}
