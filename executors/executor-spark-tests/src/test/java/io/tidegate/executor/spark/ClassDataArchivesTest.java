package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With a class list of a few classes, so that an archive takes a second and not half a minute. */
@Timeout(120)
@Execution(ExecutionMode.SAME_THREAD)
final class ClassDataArchivesTest {
    private static final ClassList FEW = file -> Files.write(
            file,
            List.of(
                    "java/lang/Object",
                    "java/lang/String",
                    "org/apache/spark/deploy/SparkSubmit",
                    "org/apache/spark/no/such/Class"));
    private static final ClassList BROKEN = file -> Files.writeString(file, "@no-such-tag\n");

    @TempDir
    private Path folder;

    private Path cache;
    private SparkHome home;
    private Path contractJar;
    private int attempts;

    @BeforeEach
    void makeHome() throws IOException {
        cache = folder.resolve("cache");
        home = TestHome.copy(folder.resolve("spark-home"));
        contractJar = TestHome.contractApplication(folder);
        executor = open(FEW);
    }

    private SparkExecutor executor;

    @AfterEach
    void close() {
        executor.close();
    }

    private SparkExecutor open(ClassList classes) {
        return new SparkExecutor(
                new SparkSettings(home, cache, SparkSettings.Archives.IN_BACKGROUND),
                ProcessSettings.defaults(new InstallationId("archives"), folder.resolve("attempts")),
                InstantSource.system(),
                classes);
    }

    /** Submits an application that ends at once; returns where the Java runtime found SparkSubmit. */
    private String sourceOfSparkSubmit(Map<String, String> configuration) throws IOException {
        attempts++;
        Path loaded = folder.resolve("loaded-" + attempts);
        Map<String, String> all = new HashMap<>(configuration);
        all.merge("spark.driver.extraJavaOptions", "-Xlog:class+load:file=" + loaded, (own, log) -> own + " " + log);
        LaunchResult result = executor.launch(new LaunchRequest(
                new LaunchKey("run-" + attempts),
                new AttemptIdentity(new DagId("archives"), "", "run", new StepId("step"), attempts),
                ExecutorSettings.Spark.of("local[2]", "512m", all),
                new ApplicationWorkloads(contractJar).exits(0),
                new LaunchRequest.Surroundings(
                        folder.toString(), Map.of("TIDEGATE_LAUNCH_KEY", "run-" + attempts), "{}"),
                Duration.ofHours(1)));
        RecordingListener listener = new RecordingListener();
        executor.watch(((LaunchResult.Accepted) result).job(), listener);
        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        return Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(" org.apache.spark.deploy.SparkSubmit source: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstApplicationStartsWithoutAnArchiveAndHasItMadeForTheNext() throws IOException {
        assertThat(sourceOfSparkSubmit(Map.of())).contains("spark-core");
        assertThat(executor.prepare().join()).isTrue();

        assertThat(TestHome.archives(cache)).hasSize(1);
        assertThat(sourceOfSparkSubmit(Map.of())).contains("shared objects file");
        assertThat(sourceOfSparkSubmit(Map.of("spark.driver.extraJavaOptions", "-XX:+UseG1GC")))
                .contains("shared objects file");
        assertThat(sourceOfSparkSubmit(Map.of("spark.driver.extraClassPath", folder.toString())))
                .contains("spark-core");
    }

    @Test
    void theArchiveIsMadeWithoutTheStepsVariablesSoThatItDoesNotEndWithTheStep() throws IOException {
        Path seen = folder.resolve("environment-of-the-dump");
        Path submit = home.path().resolve("bin").resolve("spark-submit");
        Path real = Files.move(submit, submit.resolveSibling("real-submit"));
        Files.writeString(
                submit,
                "#!/bin/sh\ncase \"$*\" in *Xshare:dump*) env > '" + seen + "';; esac\nexec '" + real + "' \"$@\"\n");
        assertThat(submit.toFile().setExecutable(true)).isTrue();

        sourceOfSparkSubmit(Map.of());
        assertThat(executor.prepare().join()).isTrue();

        assertThat(Files.readString(seen)).doesNotContain("TIDEGATE_");
    }

    @Test
    void whatAKilledServerLeftAtWorkIsEndedBeforeTheNextOneBegins() throws IOException {
        assertThat(executor.prepare().join()).isTrue();
        String place = TestHome.archives(cache).get(0).getFileName().toString().split("-")[0];
        Files.delete(TestHome.archives(cache).get(0));
        Process orphan = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sleep 600; true",
                        cache.resolve("making-" + place + "-orphan").toString())
                .start();
        executor.close();
        executor = open(FEW);

        assertThat(executor.prepare().join()).isTrue();

        assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void anArchiveIsMadeAnewWhenTheHomeChanges() throws IOException {
        assertThat(executor.prepare().join()).isTrue();
        Path first = TestHome.archives(cache).get(0);

        Path jar = home.jarFolder().resolve("another.jar");
        Files.copy(contractJar, jar);
        assertThat(sourceOfSparkSubmit(Map.of())).contains("spark-core");
        assertThat(executor.prepare().join()).isTrue();
        Path second = TestHome.archives(cache).get(0);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(executor.prepare().join()).isTrue();

        assertThat(TestHome.archives(cache)).hasSize(1).doesNotContain(first, second);
        assertThat(sourceOfSparkSubmit(Map.of())).contains("shared objects file");
    }

    @Test
    void anArchiveThatDoesNotFitIsIgnored() throws IOException {
        JavaRuntime java = JavaRuntime.find(System.getenv()).orElseThrow();
        Files.write(
                cache.resolve(ArchiveKey.of(home, java, cache.resolve("no-configuration"))
                        .fileName()),
                new byte[100_000]);

        assertThat(sourceOfSparkSubmit(Map.of())).contains("spark-core");
    }

    @Test
    void twoServersThatMakeTheSameOneEndUpWithOne() throws IOException {
        try (SparkExecutor another = open(FEW)) {
            CompletableFuture<Boolean> first = executor.prepare();
            CompletableFuture<Boolean> second = another.prepare();

            assertThat(first.join()).isTrue();
            assertThat(second.join()).isTrue();
        }
        assertThat(TestHome.archives(cache)).hasSize(1);
        try (var left = Files.newDirectoryStream(cache, "making-*")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatCannotBeMadeHoldsNothingUp() throws IOException {
        try (SparkExecutor broken = open(BROKEN)) {
            assertThat(broken.prepare().join()).isFalse();
            assertThat(broken.prepare().join()).isFalse();
        }
        assertThat(TestHome.archives(cache)).isEmpty();
    }

    @Test
    void aHomeWithItsOwnConfigurationIsLeftAsItIs() throws IOException {
        Path configuration = Files.createDirectories(home.configurationFolder());
        Files.writeString(configuration.resolve("log4j2.properties.template"), "");
        assertThat(home.isConfigured()).isFalse();
        Files.writeString(configuration.resolve("spark-defaults.conf"), "spark.driver.memory 512m\n");

        assertThat(executor.prepare().join()).isFalse();
        assertThat(sourceOfSparkSubmit(Map.of())).contains("spark-core");
        assertThat(TestHome.archives(cache)).isEmpty();
    }

    @Test
    void theBundledListNamesTheClassesOfUsualApplications() throws IOException {
        Path file = folder.resolve("classes.list");
        ClassList.bundled().writeTo(file);

        assertThat(Files.readAllLines(file))
                .hasSizeGreaterThan(15_000)
                .contains(
                        "org/apache/spark/sql/classic/SparkSession",
                        "org/apache/spark/ml/classification/LogisticRegression")
                .noneMatch(line -> line.contains("/GeneratedClass") || line.matches(".*\\$Proxy[0-9].*"));
    }
}
