package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.executor.Workload.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An example of the project that makes a custom resource, what its controller writes, and the definition of its kind.
 *
 * @param file below the folder of the examples
 * @param plural how paths name the kind
 */
enum ExampleResource {
    PYTORCH(
            "pytorch-job",
            "pytorchjobs",
            "{conditions: [{type: Created, status: 'True'}, {type: Running, status: 'True'}]}",
            "{conditions: [{type: Created, status: 'True'}, {type: Running, status: 'False'}, {type: Succeeded, status: 'True'}]}",
            "{conditions: [{type: Running, status: 'False'}, {type: Failed, status: 'True', message: broken}]}"),
    SPARK(
            "spark-application",
            "sparkapplications",
            "{applicationState: {state: RUNNING}}",
            "{applicationState: {state: COMPLETED}}",
            "{applicationState: {state: FAILED, errorMessage: broken}}"),
    KSERVE(
            "inference-service",
            "inferenceservices",
            "{conditions: [{type: Ready, status: 'False'}], modelStatus: {transitionStatus: InProgress}}",
            "{conditions: [{type: Ready, status: 'True'}], modelStatus: {transitionStatus: UpToDate}}",
            "{conditions: [{type: Ready, status: 'False'}], modelStatus: {transitionStatus: BlockedByFailedLoad,"
                    + " lastFailureInfo: {message: broken}}}");

    private static final Path FOLDER = Path.of("../../dag-definitions/examples/custom-resources");

    private final String file;
    private final String plural;
    private final String running;
    private final String succeeded;
    private final String failed;

    ExampleResource(String file, String plural, String running, String succeeded, String failed) {
        this.file = file;
        this.plural = plural;
        this.running = running;
        this.succeeded = succeeded;
        this.failed = failed;
    }

    String plural() {
        return plural;
    }

    String qualified() {
        return plural + "." + apiVersion().split("/")[0];
    }

    String apiVersion() {
        return String.valueOf(manifest(step()).get("apiVersion"));
    }

    String kind() {
        return String.valueOf(manifest(step()).get("kind"));
    }

    Map<?, ?> running() {
        return yaml(running);
    }

    Map<?, ?> succeeded() {
        return yaml(succeeded);
    }

    Map<?, ?> failed() {
        return yaml(failed);
    }

    private static Map<?, ?> yaml(String text) {
        // A document that starts with a brace would be taken for JSON.
        return Serialization.unmarshal("--- " + text, Map.class);
    }

    /** The work of the example's one step, with its templates rendered. */
    CustomResource work(String name) {
        Map<String, Object> step = step();
        Map<String, String> logs = new LinkedHashMap<>();
        if (step.get("logs") instanceof Map<?, ?> labels) {
            labels.forEach((label, value) ->
                    logs.put(String.valueOf(label), String.valueOf(value).replace("{{ resource.name }}", name)));
        }
        return new CustomResource(
                manifest(step),
                new CustomResource.End(
                        String.valueOf(step.get("succeeds_when")),
                        Optional.ofNullable(step.get("fails_when")).map(String::valueOf),
                        Optional.ofNullable(step.get("message")).map(String::valueOf)),
                logs,
                Boolean.TRUE.equals(step.get("keep")));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> step() {
        Map<String, Object> dag = read(FOLDER.resolve(file + ".dag.yaml"));
        Map<String, Object> steps = (Map<String, Object>) dag.get("steps");
        return (Map<String, Object>) steps.values().iterator().next();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> manifest(Map<String, Object> step) {
        return step.get("manifest") instanceof String path
                ? read(FOLDER.resolve(path))
                : (Map<String, Object>) step.get("manifest");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Path path) {
        try {
            return Serialization.unmarshal(
                    Files.readString(path).replaceAll("\\{\\{ params\\.[a-z]+ }}", "value"), Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
