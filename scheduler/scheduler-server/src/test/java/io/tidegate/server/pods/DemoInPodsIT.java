package io.tidegate.server.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Installed;
import io.tidegate.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A week of the demo with nothing changed but where its steps run: those before the training as Jobs, the training as a Spark application in
 * cluster mode on the same cluster. TIDEGATE_TEST_SPARK_IMAGE names the image, made as deploy/images says; the node must see this machine's
 * temporary folder, where the server's home is.
 */
@Tag("cluster")
@Timeout(1800)
final class DemoInPodsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final Path EXAMPLE = Installed.INSTALLATION.examples().resolve("late-arrivals");

    @TempDir
    private Path folder;

    private ServerWithCluster server;

    @BeforeEach
    void open() throws Exception {
        assumeThat(image())
                .as("TIDEGATE_TEST_SPARK_IMAGE, which names the image for Spark in pods")
                .isPresent();
        server = new ServerWithCluster(folder);
        server.share("home", server.home());
        server.cluster.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: { name: spark }
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: { name: spark }
                roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }
                subjects: [{ kind: ServiceAccount, name: spark }]
                """);
        declare();
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** The image for Spark in pods; empty when there is none. */
    static Optional<String> image() {
        return Optional.ofNullable(System.getenv("TIDEGATE_TEST_SPARK_IMAGE")).filter(name -> !name.isBlank());
    }

    private void declare() throws IOException {
        String local = "{ spark: { master: \"local[2]\", driver_memory: 1g } }";
        String train = "    train: io.tidegate.examples.LateArrivalModel\n";
        String yaml = Files.readString(EXAMPLE.resolve("late-arrivals.dag.yaml"));
        assertThat(yaml).contains(local, train);
        String jobs = "{ kubernetes: { image: \"" + image().orElseThrow()
                + "\", pull_policy: Never, volumes: { home: { claim: home, mount: \"" + server.home() + "\" } } } }";
        Path declared = server.declare(
                "late-arrivals",
                yaml.replace(local, jobs)
                        .replace(train, train + "    executor: " + onSpark() + "\n")
                        .replace(
                                "../target/tidegate-examples.jar",
                                EXAMPLE.resolve("../target/tidegate-examples.jar")
                                        .normalize()
                                        .toString()));
        TestServer.copy(EXAMPLE.resolve("rules"), declared.resolve("rules"));
        for (String file : List.of("fetch-flights.mjs", "package.json", "package-lock.json", "corrupt-flights.csv")) {
            Files.copy(EXAMPLE.resolve(file), declared.resolve(file));
        }
    }

    private String onSpark() {
        return """
                { spark: { profile: pods, driver_memory: 1g, executor_memory: 1g, executors: 1, conf: {
                      spark.kubernetes.container.image: "IMAGE",
                      spark.kubernetes.container.image.pullPolicy: Never,
                      spark.kubernetes.authenticate.driver.serviceAccountName: spark,
                      spark.kubernetes.driver.request.cores: 100m,
                      spark.kubernetes.executor.request.cores: 100m,
                      spark.kubernetes.file.upload.path: "file://HOME/uploads",
                      spark.kubernetes.driver.volumes.persistentVolumeClaim.home.mount.path: "HOME",
                      spark.kubernetes.driver.volumes.persistentVolumeClaim.home.options.claimName: home,
                      spark.kubernetes.executor.volumes.persistentVolumeClaim.home.mount.path: "HOME",
                      spark.kubernetes.executor.volumes.persistentVolumeClaim.home.options.claimName: home } } }""".replace("IMAGE", image().orElseThrow())
                .replace("HOME", server.home().toString());
    }

    private static JsonNode step(Api api, String run, String step) {
        return api.step(run, step);
    }

    @Test
    void aWeekOfTheDemoRunsInPodsAndPublishesItsModel() throws Exception {
        Api api = server.start("""
                spark:
                  profiles:
                    pods: { master: "k8s://ADDRESS", environment: { KUBECONFIG: "FILE" } }
                """.replace("ADDRESS", server.cluster.address()).replace(
                "FILE", server.cluster.kubeconfig(folder.resolve("kubeconfig")).toString()));
        String run = api.run("late-arrivals", "{\"interval\":\"2001-01-01\"}");

        await("the run's end")
                .atMost(PATIENCE)
                .until(() -> List.of("succeeded", "failed").contains(api.state(run)));

        for (String step : List.of("ingest", "cleanse", "features", "refit")) {
            assertThat(step(api, run, step).at("/step/state").asText())
                    .as("%s: %s%n%s", step, step(api, run, step).path("attempts"), api.log(run, step, 1))
                    .isEqualTo("succeeded");
            assertThat(step(api, run, step).path("attempts")).hasSize(1);
        }
        assertThat(api.state(run)).isEqualTo("succeeded");
        assertThat(step(api, run, "cleanse").path("metrics")).isNotEmpty();
        assertThat(api.get("/models/late-arrival")
                        .body()
                        .at("/summary/champion")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.cluster.jobs())
                .extracting(job -> job.replaceAll(".*-(ingest|cleanse|features)-.*", "$1"))
                .containsExactlyInAnyOrder("ingest", "cleanse", "features");
        assertThat(server.cluster.pods("spark-role", "driver")).hasSize(1);
        server.cluster.awaitNothingActive();
    }
}
