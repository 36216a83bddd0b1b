package io.tidegate.executor.spark;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.testkit.ContractWorkloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A master and a worker of the bundled Spark on this machine. */
final class StandaloneServers implements TestCluster {
    static final String PROFILE = "standalone";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static StandaloneServers shared;

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;
    private final Path contractJar;
    private final int port = freePort();
    private final int pages = freePort();

    /** The cluster of all tests, started with the first. */
    static synchronized StandaloneServers shared() {
        if (shared == null) {
            try {
                shared = new StandaloneServers(Files.createTempDirectory("tidegate-standalone"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    private StandaloneServers(Path folder) throws IOException {
        this.folder = folder;
        this.contractJar = TestHome.contractApplication(folder);
        start();
    }

    private void start() throws IOException {
        start("master.Master", "--host", "127.0.0.1", "--port", "" + port, "--webui-port", "" + pages);
        await("the master").atMost(PATIENCE).ignoreExceptions().until(() -> state().has("workers"));
        start(
                "worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--cores",
                "32",
                "--memory",
                "32g",
                "--work-dir",
                folder.resolve("work").toString(),
                master());
        await("the worker")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> state().path("aliveworkers").asInt() == 1);
    }

    @Override
    public SparkProfile profile() {
        return new SparkProfile(
                PROFILE,
                TestHome.BUNDLED,
                Map.of(
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        // For the submit, what waits for the driver, and the driver: all of them are short.
                        "JDK_JAVA_OPTIONS",
                        TestHome.SHORT_LIVED),
                Optional.of(master()),
                Optional.of(pages()),
                Optional.of("http://history:18080"));
    }

    @Override
    public Map<String, String> configuration() {
        return Map.of(
                "spark.executor.memory", "512m",
                "spark.executor.extraJavaOptions", TestHome.SHORT_LIVED,
                "spark.cores.max", "1",
                "spark.ui.enabled", "false");
    }

    @Override
    public ContractWorkloads workloads() {
        return new ApplicationWorkloads(contractJar);
    }

    /** A master that starts anew knows nothing of before. */
    @Override
    public void forget(ExternalJob job) {
        close();
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String master() {
        return "spark://127.0.0.1:" + port;
    }

    String pages() {
        return "http://127.0.0.1:" + pages;
    }

    JsonNode state() throws IOException {
        return new ObjectMapper().readTree(URI.create(pages() + "/json/").toURL());
    }

    private void start(String type, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(List.of("-Xmx512m"));
        line.addAll(List.of(TestHome.SHORT_LIVED.split(" ")));
        line.addAll(List.of("-cp", TestHome.BUNDLED.jarFolder() + "/*"));
        line.add("org.apache.spark.deploy." + type);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(type + ".log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("SPARK_HOME", TestHome.BUNDLED.path().toString());
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        // What the scripts of a distribution set.
        environment.put("SPARK_SCALA_VERSION", "2.13");
        processes.add(builder.start());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        processes.clear();
    }
}
