package io.tidegate.steps.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.steps.contract.StepReport;
import io.tidegate.steps.contract.StepSpecification;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Runs a step in this JVM as the scheduler would run it in another, and reads its report. */
public final class StepRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode specification = JSON.createObjectNode();
    private final Path report;

    public StepRun(String kind, Path folder) {
        report = folder.resolve("report-" + System.nanoTime() + ".jsonl");
        specification
                .put("dag", "test")
                .put("dag_version", "0000")
                .put("run_id", "run-1")
                .put("step", kind)
                .put("kind", kind)
                .put("attempt", 1)
                .put("launch_key", "test-" + kind + "-1")
                .put("dag_folder", folder.toString());
        specification
                .putObject("interval")
                .put("start", "2001-01-08T00:00:00-05:00")
                .put("end", "2001-01-15T00:00:00-05:00");
        specification.putObject("params");
    }

    public StepRun set(String field, String json) {
        try {
            specification.set(field, JSON.readTree(json.replace('\'', '"')));
            return this;
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public StepRun launchKey(String key) {
        specification.put("launch_key", key);
        return this;
    }

    /** Adds an input; folders are the partitions, the last one the run's own. */
    public StepRun input(String dataset, Path... folders) {
        ObjectNode input = specification
                .withArray("inputs")
                .addObject()
                .put("dataset", dataset)
                .put("data_class", "deterministic")
                .put("format", "parquet");
        for (int index = 0; index < folders.length; index++) {
            input.withArray("partitions")
                    .addObject()
                    .put("partition", folders[index].getFileName().toString())
                    .put("uri", folders[index].toString())
                    .put("offset", index + 1 - folders.length);
        }
        return this;
    }

    public StepRun output(String dataset, Path folder) {
        specification
                .withArray("outputs")
                .addObject()
                .put("dataset", dataset)
                .put("data_class", "deterministic")
                .put("format", "parquet")
                .put("partition", folder.getFileName().toString())
                .put("uri", folder.toString());
        return this;
    }

    public StepRun run(BuiltInStep step) {
        step.run(new StepContext(
                SharedSpark.session(), StepSpecification.parse(specification.toString()), new StepReport(report)));
        return this;
    }

    public List<JsonNode> lines(String type) {
        return lines(line -> line.path("type").asText().equals(type));
    }

    public List<JsonNode> lines(Predicate<JsonNode> wanted) {
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.exists(report) ? Files.readAllLines(report) : List.<String>of()) {
                JsonNode node = JSON.readTree(line);
                if (wanted.test(node)) {
                    lines.add(node);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }

    /** The value of a metric of the whole data. */
    public double metric(String name) {
        return metric(name, "");
    }

    /** The value of a metric of the whole data, of one role. */
    public double metric(String name, String role) {
        return lines("metric").stream()
                .filter(line -> line.path("name").asText().equals(name))
                .filter(line -> !line.has("slice"))
                .filter(line -> role.isEmpty() || line.path("role").asText().equals(role))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " " + role))
                .path("value")
                .asDouble();
    }

    /** The value of a metric of one slice. */
    public double slice(String name, String value) {
        return lines("metric").stream()
                .filter(line -> line.path("name").asText().equals(name))
                .filter(line -> line.path("slice").path("value").asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " of " + value))
                .path("value")
                .asDouble();
    }
}
