package io.tidegate.executor.spark.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.SparkCluster.DriverFile;
import io.tidegate.executor.spark.cluster.Submission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests that are made and what is read from answers of the form that Kubernetes gives; a cluster of its own is not started here. */
final class KubernetesClusterTest {
    private static final LaunchKey KEY = new LaunchKey("run-1-step-1");

    @TempDir
    Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KubernetesCluster cluster;
    private volatile String status = "{\"phase\": \"Running\"}";
    private volatile String mark = "";

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = (exchange.getRequestURI().getPath().endsWith("/log") ? "hello\nworld\n" : pods())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Path kubeconfig = Files.writeString(
                folder.resolve("config"), """
                current-context: etl
                contexts: [{ name: etl, context: { cluster: here, user: me, namespace: jobs } }]
                clusters: [{ name: here, cluster: { server: "http://127.0.0.1:%d" } }]
                users: [{ name: me, user: { token: secret } }]
                """.formatted(server.getAddress().getPort()));
        cluster = new KubernetesCluster(
                "k8s", new InstallationId("mine"), "https://nowhere", Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    @AfterEach
    void stopServer() {
        cluster.close();
        server.stop(0);
    }

    @Test
    void aDriverOfAnotherInstallationIsNotOurs() throws IOException {
        assertThat(cluster.list()).singleElement().matches(driver -> !driver.marked());

        mark = ", \"tidegate.io/installation\": \"mine\"";
        assertThat(cluster.list()).singleElement().matches(ClusterDriver::marked);

        mark = ", \"tidegate.io/installation\": \"theirs\"";
        assertThat(cluster.list()).isEmpty();
        assertThat(cluster.find(KEY)).isEmpty();
    }

    private String pods() {
        return """
                {"items": [{
                  "metadata": {"name": "run-1-step-1", "namespace": "jobs", "creationTimestamp": "2026-01-02T03:04:05Z",
                    "labels": {"tidegate.io/launch-key": "run-1-step-1", "spark-app-selector": "spark-abc"%s}},
                  "spec": {"nodeName": "node-1"}, "status": %s}]}
                """.formatted(mark, status);
    }

    private Submission submission(Map<String, String> configuration) {
        return new Submission(
                KEY,
                new Workload.SparkApplication(
                        "/app.jar", "Main", List.of("$(HOME) costs $5"), List.of("/a.jar", "hdfs:///b.jar")),
                true,
                Map.of("GREETING", "hello", "PRICE", "$5"),
                Path.of("/attempts/key/specification.json"),
                Path.of("/attempts/key/output.jsonl"),
                configuration);
    }

    @Test
    void aDriverIsNamedAndLabelledByItsLaunchKeyAndTheSubmitDoesNotWait() {
        assertThat(cluster.properties(submission(Map.of())))
                .containsEntry("spark.kubernetes.driver.pod.name", "run-1-step-1")
                .containsEntry("spark.kubernetes.driver.label.tidegate.io/launch-key", "run-1-step-1")
                .containsEntry("spark.kubernetes.driver.label.tidegate.io/installation", "mine")
                .containsEntry("spark.kubernetes.submission.waitAppCompletion", "false")
                .containsEntry("spark.kubernetes.namespace", "jobs")
                .containsEntry("spark.kubernetes.driverEnv.GREETING", "hello")
                .containsEntry("spark.kubernetes.driverEnv.TIDEGATE_OUTPUT", "/attempts/key/output.jsonl");
        assertThat(cluster.refusal(submission(Map.of()))).isEmpty();
        assertThat(cluster.refusal(submission(Map.of("spark.kubernetes.namespace", "other"))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("namespace jobs", "not in other"));
    }

    @Test
    void whatAPodWouldReadIsProtectedAndFilesAreThoseOfThePodUnlessTheyAreUploaded() {
        assertThat(cluster.properties(submission(Map.of()))).containsEntry("spark.kubernetes.driverEnv.PRICE", "$$5");
        assertThat(cluster.submitted(submission(Map.of())))
                .isEqualTo(new Workload.SparkApplication(
                        "local:///app.jar",
                        "Main",
                        List.of("$$(HOME) costs $$5"),
                        List.of("local:///a.jar", "hdfs:///b.jar")));
        assertThat(cluster.submitted(submission(Map.of("spark.kubernetes.file.upload.path", "s3a://uploads")))
                        .application())
                .isEqualTo("/app.jar");
    }

    @Test
    void credentialsGoToTheirServerAlone() throws IOException {
        assertThat(cluster.page("http://127.0.0.1:" + server.getAddress().getPort(), "pages")
                        .path("items"))
                .hasSize(1);
        assertThat(requests).contains("GET /pages Bearer secret");
        assertThatThrownBy(() -> cluster.page("http://elsewhere", "pages")).hasMessageContaining("is not below");
    }

    @Test
    void aDriverIsFoundReadAndKilledByItsPod() throws IOException {
        ClusterDriver driver = cluster.find(KEY).orElseThrow();

        assertThat(driver.key()).isEqualTo(KEY);
        assertThat(driver.running()).isTrue();
        assertThat(driver.ended()).isEmpty();
        assertThat(driver.details())
                .containsEntry("pod", "run-1-step-1")
                .containsEntry("node", "node-1")
                .containsEntry(ClusterDriver.APPLICATION_ID, "spark-abc");
        assertThat(new String(cluster.read(driver, DriverFile.ERRORS, 6, 100), StandardCharsets.UTF_8))
                .isEqualTo("world\n");
        assertThat(cluster.read(driver, DriverFile.OUTPUT, 0, 100)).isEmpty();
        cluster.kill(driver);
        assertThat(cluster.list()).hasSize(1);
        assertThat(requests)
                .contains(
                        "GET /api/v1/namespaces/jobs/pods?labelSelector=tidegate.io/launch-key%3Drun-1-step-1 Bearer secret",
                        "DELETE /api/v1/namespaces/jobs/pods/run-1-step-1 Bearer secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"phase\": \"Succeeded\"}||",
                "{\"phase\": \"Failed\", \"reason\": \"Evicted\", \"message\": \"disk\"}|PLATFORM|Evicted: disk",
                "{\"phase\": \"Failed\", \"containerStatuses\": [{\"state\": {\"terminated\": {\"exitCode\": 3}}}]}"
                        + "|USER|exit code 3",
                "{\"phase\": \"Failed\", \"containerStatuses\": [{\"state\": {\"terminated\": {\"exitCode\": 137,"
                        + " \"reason\": \"OOMKilled\"}}}]}|USER|the driver was killed because it used more memory than it may",
                "{\"phase\": \"Failed\"}|USER|the driver failed; its log says why"
            })
    void theEndOfAPodIsTheEndOfItsDriver(String podStatus, FailureKind kind, String message) throws IOException {
        status = podStatus;

        Observation.Ended ended = cluster.find(KEY).orElseThrow().ended().orElseThrow();

        assertThat(ended.failure().orElse(null)).isEqualTo(kind);
        assertThat(ended.message()).isEqualTo(message == null ? "" : message);
    }

    @Test
    void keysOfBothFormsAreRead() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] encoded = key.getEncoded();
        // What comes before the key itself in PKCS #8 has always this length for keys of this size.
        byte[] older = Arrays.copyOfRange(encoded, 26, encoded.length);

        assertThat(PrivateKeys.read(pem("PRIVATE KEY", encoded))).isEqualTo(key);
        assertThat(PrivateKeys.read(pem("RSA PRIVATE KEY", older))).isEqualTo(key);
        assertThatThrownBy(() -> PrivateKeys.read(pem("EC PRIVATE KEY", older))).hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> PrivateKeys.read("nonsense")).hasMessageContaining("no private key");
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    @Test
    void aKubeconfigThatIsNoneOrAsksAProgramIsToldSo() throws IOException {
        Path program = Files.writeString(folder.resolve("program"), """
                current-context: a
                contexts: [{ name: a, context: { cluster: b, user: c } }]
                clusters: [{ name: b, cluster: { server: "https://host" } }]
                users: [{ name: c, user: { exec: { command: aws } } }]
                """);
        Path nonsense = Files.writeString(folder.resolve("nonsense"), "a: [");

        assertThatThrownBy(() -> Kubeconfig.read(Map.of("KUBECONFIG", program.toString()), ""))
                .hasMessageContaining("asks a program");
        assertThatThrownBy(() -> Kubeconfig.read(Map.of("KUBECONFIG", nonsense.toString()), ""))
                .hasMessageContaining("is no kubeconfig");
        assertThatThrownBy(() -> Kubeconfig.read(Map.of(), "")).hasMessageContaining("KUBECONFIG is not set");
    }
}
