package io.tidegate.steps.contract;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the scheduler tells one attempt of a step: the file named by {@code TIDEGATE_SPECIFICATION}. Immutable. Every method that finds a
 * field missing or of the wrong form throws a {@link StepFailure} that names it.
 */
public final class StepSpecification {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    private StepSpecification(JsonNode root) {
        this.root = root;
    }

    /** Reads a specification file. */
    public static StepSpecification read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new StepFailure("the step's specification " + file + " cannot be read: " + e, e);
        }
    }

    /** Reads a specification from its JSON text. */
    public static StepSpecification parse(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject()) {
                throw new StepFailure("the step's specification is not a JSON object");
            }
            return new StepSpecification(root);
        } catch (JacksonException e) {
            throw new StepFailure("the step's specification is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Name of the DAG. */
    public String dag() {
        return text(root, "dag");
    }

    /** Hash of the DAG version that is run. */
    public String dagVersion() {
        return text(root, "dag_version");
    }

    /** The run the attempt belongs to. */
    public String runId() {
        return text(root, "run_id");
    }

    /** Name of the step in its DAG. */
    public String step() {
        return text(root, "step");
    }

    /** Kind of the step, in lower case. */
    public String kind() {
        return text(root, "kind");
    }

    /** Number of the attempt, from 1. */
    public int attempt() {
        return root.path("attempt").asInt(1);
    }

    /** The attempt's idempotency key: names its temporary folders. */
    public String launchKey() {
        return text(root, "launch_key");
    }

    /** The interval the run is for. */
    public Interval interval() {
        JsonNode interval = root.path("interval");
        return new Interval(instant(interval, "start"), instant(interval, "end"));
    }

    /** The run's parameters by name: texts, numbers and truth values. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        root.path("params").properties().forEach(entry -> parameters.put(entry.getKey(), plain(entry.getValue())));
        return Map.copyOf(parameters);
    }

    /** Everything the step reads, in the order declared; a dataset that is declared in two references appears twice. */
    public List<InputDataset> inputs() {
        List<InputDataset> inputs = new ArrayList<>();
        for (JsonNode input : root.path("inputs")) {
            List<InputDataset.Partition> partitions = new ArrayList<>();
            for (JsonNode partition : input.path("partitions")) {
                partitions.add(new InputDataset.Partition(
                        text(partition, "partition"),
                        text(partition, "uri"),
                        partition.path("offset").asInt(0),
                        optional(partition, "fingerprint")));
            }
            inputs.add(new InputDataset(
                    text(input, "dataset"),
                    text(input, "data_class"),
                    optional(input, "format").orElse("parquet"),
                    partitions));
        }
        return List.copyOf(inputs);
    }

    /** Everything the step writes, in the order declared. */
    public List<OutputDataset> outputs() {
        List<OutputDataset> outputs = new ArrayList<>();
        for (JsonNode output : root.path("outputs")) {
            outputs.add(new OutputDataset(
                    text(output, "dataset"),
                    text(output, "data_class"),
                    optional(output, "format").orElse("parquet"),
                    text(output, "partition"),
                    text(output, "uri")));
        }
        return List.copyOf(outputs);
    }

    /** Where an ingest reads. */
    public Source source() {
        JsonNode source = root.path("source");
        if (!source.isObject()) {
            throw new StepFailure("step " + step() + " needs 'source: { uri, format, time_column }' to ingest from");
        }
        return new Source(
                text(source, "uri"), optional(source, "format").orElse("parquet"), text(source, "time_column"));
    }

    /** The rules file of a cleanse step. */
    public Path rules() {
        Path rules = Path.of(text(root, "rules"));
        return optional(root, "dag_folder")
                .map(Path::of)
                .map(folder -> folder.resolve(rules))
                .orElse(rules);
    }

    /** Bounds that a step's own metrics must keep. */
    public List<QualityBound> quality() {
        return root.path("quality").properties().stream()
                .map(entry -> new QualityBound(entry.getKey(), entry.getValue().asText()))
                .toList();
    }

    /** Class of the transformation of a transform step. */
    public String transformation() {
        return text(root, "transform");
    }

    /** Class of the trainer of a step that trains. */
    public String trainer() {
        return text(root, "train");
    }

    /** Names of the metrics an evaluate step is to log; empty means all. */
    public List<String> metrics() {
        List<String> names = new ArrayList<>();
        root.path("metrics").forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }

    /** What is to be done with the sample data of a test. */
    public JsonNode sample() {
        return root.path("sample");
    }

    /** The last stretch of the interval that a training must not see. */
    public Duration holdout() {
        String text = text(root, "holdout");
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new StepFailure("'holdout' is '" + text + "', not an ISO-8601 duration such as P2D", e);
        }
    }

    /** The model of a step that trains or evaluates. */
    public ModelReference model() {
        JsonNode model = root.path("model");
        JsonNode champion = model.path("champion");
        return new ModelReference(
                text(model, "name"),
                optional(model, "bundle").orElse(""),
                champion.isObject()
                        ? Optional.of(new ModelReference.Champion(
                                champion.path("version").asLong(), text(champion, "bundle")))
                        : Optional.empty());
    }

    private static OffsetDateTime instant(JsonNode node, String field) {
        String text = text(node, field);
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new StepFailure(
                    "the interval's '" + field + "' is '" + text + "', not an ISO-8601 time with an offset", e);
        }
    }

    private static String text(JsonNode node, String field) {
        return optional(node, field)
                .orElseThrow(() -> new StepFailure("the step's specification has no field '" + field + "'"));
    }

    private static Optional<String> optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private static Object plain(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.asLong();
        }
        if (value.isNumber()) {
            return value.asDouble();
        }
        return value.isBoolean() ? value.asBoolean() : value.asText();
    }
}
