package io.tidegate.executor.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Controllers, scheduler and kubelet of a cluster: runs the pods of Jobs as processes of this machine. */
final class FakeKubelet implements AutoCloseable {
    private final FakeObjects objects;
    private final Path folder;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final Map<String, FakeLog> logs = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> runs = new ConcurrentHashMap<>();
    private volatile boolean podsStart = true;

    FakeKubelet(FakeObjects objects, Path folder) {
        this.objects = objects;
        this.folder = folder;
    }

    /** From now on pods stay as the test makes them. */
    void startNoPods() {
        podsStart = false;
    }

    static String podOf(String job) {
        return job + "-x7k2p";
    }

    void run(ObjectNode job) {
        String name = job.path("metadata").path("name").asText();
        ObjectNode pod =
                FakeObjects.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.setAll((ObjectNode) job.at("/spec/template/metadata").deepCopy());
        metadata.put("name", podOf(name))
                .put("namespace", job.at("/metadata/namespace").asText());
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "batch/v1")
                .put("kind", "Job")
                .put("name", name)
                .put(
                        "uid",
                        objects.get("jobs", name)
                                .orElseThrow()
                                .at("/metadata/uid")
                                .asText());
        pod.set("spec", job.at("/spec/template/spec").deepCopy());
        pod.putObject("status").put("phase", "Pending");
        objects.create("pods", pod);
        if (podsStart) {
            runs.put(podOf(name), CompletableFuture.runAsync(() -> runPod(name, pod), threads));
        }
    }

    private void runPod(String job, ObjectNode pod) {
        String name = podOf(job);
        objects.update("pods", name, object -> object.withObject("/spec").put("nodeName", "node-1"));
        FakeLog log = new FakeLog();
        logs.put(name, log);
        try {
            Path output = Files.createTempFile(folder, "termination", "");
            Process process = start(pod, output);
            processes.put(name, process);
            state(name, "Running", "running", FakeObjects.JSON.createObjectNode());
            copy(process, log);
            int code = process.waitFor();
            log.end();
            ended(job, code, "Error", message(output));
        } catch (IOException notStarted) {
            log.end();
            ended(job, 128, "StartError", "failed to create containerd task: " + notStarted.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String message(Path output) throws IOException {
        byte[] bytes = Files.readAllBytes(output);
        int from = Math.max(0, bytes.length - 4096);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    private Process start(ObjectNode pod, Path output) throws IOException {
        JsonNode container = pod.at("/spec/containers/0");
        List<String> line = new ArrayList<>();
        container.path("command").forEach(argument -> line.add(unescaped(argument.asText())));
        container.path("args").forEach(argument -> line.add(unescaped(argument.asText())));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        container
                .path("env")
                .forEach(variable -> builder.environment()
                        .put(
                                variable.path("name").asText(),
                                unescaped(variable.path("value").asText())));
        Path specification = Files.createTempFile(folder, "specification", "");
        Files.writeString(
                specification,
                pod.at("/metadata/annotations")
                        .path("tidegate.io/specification")
                        .asText());
        builder.environment().put("TIDEGATE_OUTPUT", output.toString());
        builder.environment().put("TIDEGATE_SPECIFICATION", specification.toString());
        return builder.start();
    }

    private static String unescaped(String text) {
        return text.replace("$$", "$");
    }

    private static void copy(Process process, FakeLog log) throws IOException {
        byte[] buffer = new byte[8192];
        try (InputStream stream = process.getInputStream()) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                log.append(buffer, count);
            }
        }
    }

    /** The container of a Job's pod has ended, and a moment later the Job says so. */
    void ended(String job, int code, String reason, String message) {
        ObjectNode terminated = FakeObjects.JSON
                .createObjectNode()
                .put("exitCode", code)
                .put("reason", code == 0 ? "Completed" : reason)
                .put("finishedAt", FakeObjects.now())
                .put("message", message);
        state(podOf(job), code == 0 ? "Succeeded" : "Failed", "terminated", terminated);
        objects.update(
                "jobs",
                job,
                object -> object.withObject("/status")
                        .putArray("conditions")
                        .addObject()
                        .put("type", code == 0 ? "Complete" : "Failed")
                        .put("status", "True"));
    }

    void state(String pod, String phase, String state, ObjectNode details) {
        objects.update("pods", pod, object -> {
            ObjectNode status = object.withObject("/status").put("phase", phase);
            ObjectNode container =
                    status.putArray("containerStatuses").addObject().put("name", "step");
            container.putObject("state").set(state, details);
        });
    }

    /** As a foreground deletion does: the pod ends first. */
    void deleteJob(String job) {
        String time = FakeObjects.now();
        objects.update("jobs", job, object -> object.withObject("/metadata").put("deletionTimestamp", time));
        objects.update(
                "pods",
                podOf(job),
                object -> object.withObject("/metadata")
                        .put(
                                "deletionTimestamp",
                                Instant.parse(time).plusSeconds(30).toString())
                        .put("deletionGracePeriodSeconds", 30));
        threads.execute(() -> {
            Process process = processes.get(podOf(job));
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                runs.get(podOf(job)).join();
            }
            vanish(job);
        });
    }

    /** The Job and its pod are gone, and nothing tells how they ended. */
    void vanish(String job) {
        objects.remove("jobs", job);
        objects.remove("pods", podOf(job));
        Process process = processes.remove(podOf(job));
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    void log(String pod, HttpExchange exchange) throws IOException, InterruptedException {
        FakeLog log = logs.get(pod);
        if (log == null) {
            exchange.sendResponseHeaders(objects.get("pods", pod).isPresent() ? 400 : 404, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            log.send(body, exchange.getRequestURI().getQuery());
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    @Override
    public void close() {
        processes.values().forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        threads.shutdownNow();
    }
}
