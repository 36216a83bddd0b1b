package io.tidegate.steps.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;

/**
 * What a step tells back: one JSON object a line, appended to the file named by {@code TIDEGATE_OUTPUT}. Each line is in the file when the
 * method returns. Safe for use by several threads of one process.
 */
public final class StepReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public StepReport(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /** Reports a number. */
    public void metric(Metric metric) {
        ObjectNode line = line("metric").put("name", metric.name()).put("value", metric.value());
        metric.model().ifPresent(measured -> line.put("model", measured.model()).put("role", word(measured.role())));
        metric.dataset().ifPresent(dataset -> line.put("dataset", dataset));
        metric.slice()
                .ifPresent(slice ->
                        line.putObject("slice").put("column", slice.column()).put("value", slice.value()));
        metric.samples().ifPresent(samples -> line.put("samples", samples));
        append(line);
    }

    /** Reports a parameter the step worked with. */
    public void parameter(String name, Object value) {
        append(line("param").put("name", name).putPOJO("value", value));
    }

    /** Reports a value for later steps: anything that is JSON. */
    public void output(String name, Object value) {
        append(line("output").put("name", name).putPOJO("value", value));
    }

    /** Reports a partition that was read or written. */
    public void dataset(DatasetUse use) {
        ObjectNode line = line("dataset")
                .put("direction", word(use.direction()))
                .put("dataset", use.dataset())
                .put("partition", use.partition())
                .put("uri", use.uri());
        use.rows().ifPresent(rows -> line.put("rows", rows));
        use.bytes().ifPresent(bytes -> line.put("bytes", bytes));
        use.fingerprint().ifPresent(fingerprint -> line.put("fingerprint", fingerprint));
        append(line);
    }

    /** Reports a model version that was made. */
    public void model(TrainedModel model) {
        ObjectNode line =
                line("model").put("name", model.name()).put("uri", model.uri()).put("fingerprint", model.fingerprint());
        line.putPOJO("params", model.parameters());
        line.putPOJO("metrics", model.metrics());
        var partitions = line.putArray("trained_on");
        for (TrainedOn seen : model.trainedOn()) {
            ObjectNode partition = partitions
                    .addObject()
                    .put("dataset", seen.dataset())
                    .put("partition", seen.partition())
                    .put("uri", seen.uri());
            seen.fingerprint().ifPresent(fingerprint -> partition.put("fingerprint", fingerprint));
        }
        append(line);
    }

    /**
     * Reports how far the step is.
     *
     * @param fraction from 0 to 1
     */
    public void progress(double fraction, String message) {
        append(line("progress").put("fraction", fraction).put("message", message));
    }

    private static ObjectNode line(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private synchronized void append(ObjectNode line) {
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(line) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (JsonProcessingException e) {
            throw new StepFailure("a value that was to be reported has no JSON form: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new StepFailure("the step's report " + file + " cannot be written: " + e, e);
        }
    }
}
