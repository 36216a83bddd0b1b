package io.tidegate.server.dagtest.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.server.report.ReportParser;
import io.tidegate.server.settings.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Has the step library lay out sample rows and compare partitions, in a Spark program of its own, on the executor that runs Spark steps. */
final class SampleProgram {
    private static final String MAIN_CLASS = "io.tidegate.steps.StepMain";
    private static final StepId STEP = new StepId("sample");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int LAST_BYTES = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Executor spark;
    private final Installation installation;
    private final DagId dag;
    private final Path folder;

    SampleProgram(LocalExecutors executors, Installation installation, DagId dag, Path folder) {
        this.spark = executors.find("spark").orElseThrow();
        this.installation = installation;
        this.dag = dag;
        this.folder = folder;
    }

    /**
     * Runs to its end.
     *
     * @param key names the attempt, and its folder
     * @param work what to lay out and to compare
     * @return what differs, by dataset
     * @throws IOException when the program fails, with what it said last
     */
    JsonNode run(String key, ObjectNode work) throws IOException, InterruptedException {
        LaunchKey attempt = new LaunchKey(key);
        Observation.Ended ended = await(spark.launch(request(attempt, work)));
        if (ended.failure().isPresent()) {
            throw new IOException(lastLine(attempt, ended.message()));
        }
        try (InputStream lines = spark.output(attempt).report()) {
            return JSON.readTree(new ReportParser().parse(lines).outputs().getOrDefault("differences", "{}"));
        }
    }

    private LaunchRequest request(LaunchKey key, ObjectNode work) {
        ObjectNode specification = JSON.createObjectNode()
                .put("dag", dag.value())
                .put("dag_version", "")
                .put("run_id", "")
                .put("step", STEP.value())
                .put("kind", "sample")
                .put("attempt", 1)
                .put("launch_key", key.value());
        specification.set("sample", work);
        return new LaunchRequest(
                key,
                new AttemptIdentity(dag, "", "local", STEP, 1),
                ExecutorSettings.Spark.of("local[2]", "1g", Map.of()),
                new Workload.SparkApplication(installation.stepLibrary().toString(), MAIN_CLASS, List.of(), List.of()),
                new LaunchRequest.Surroundings(
                        folder.toString(), Map.of("TIDEGATE_STEP", STEP.value()), specification.toString()),
                LIMIT);
    }

    private Observation.Ended await(LaunchResult result) throws IOException, InterruptedException {
        if (result instanceof LaunchResult.Rejected rejected) {
            throw new IOException(rejected.message());
        } else if (result instanceof LaunchResult.Unknown unknown) {
            throw new IOException(unknown.message());
        }
        ExternalJob job = ((LaunchResult.Accepted) result).job();
        CompletableFuture<Observation.Ended> end = new CompletableFuture<>();
        spark.watch(job, (key, seen) -> {
            if (seen instanceof Observation.Ended ended) {
                end.complete(ended);
            }
        });
        try {
            return end.get();
        } catch (InterruptedException interrupted) {
            spark.cancel(job);
            throw interrupted;
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException("nobody completes it exceptionally", impossible);
        }
    }

    private String lastLine(LaunchKey key, String otherwise) throws IOException {
        long size = spark.output(key).logSize();
        byte[] end = spark.output(key).readLog(Math.max(0, size - LAST_BYTES), LAST_BYTES);
        return new String(end, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((earlier, later) -> later)
                .orElse(otherwise);
    }
}
