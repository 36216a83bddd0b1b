package io.tidegate.executor.spark;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A master and a worker of the bundled Spark on this machine. */
final class StandaloneServers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Process> processes = new ArrayList<>();
    private final int port = freePort();
    private final int pages = freePort();

    StandaloneServers(Path folder) throws IOException {
        Files.createDirectories(folder);
        start(folder, "master.Master", "--host", "127.0.0.1", "--port", "" + port, "--webui-port", "" + pages);
        await("the master").atMost(PATIENCE).ignoreExceptions().until(() -> state().has("workers"));
        start(
                folder,
                "worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--cores",
                "2",
                "--memory",
                "2g",
                "--work-dir",
                folder.resolve("work").toString(),
                master());
        await("the worker")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> state().path("aliveworkers").asInt() == 1);
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

    private void start(Path folder, String type, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp", TestHome.BUNDLED.jarFolder() + "/*"));
        line.add("org.apache.spark.deploy." + type);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(type + ".log").toFile());
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
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
