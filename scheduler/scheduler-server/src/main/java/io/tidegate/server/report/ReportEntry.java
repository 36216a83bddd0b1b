package io.tidegate.server.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.scheduler.report.StepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns one JSON object into one entry of a report. */
final class ReportEntry {
    private static final int LONGEST_NAME = 250;
    private static final int LONGEST_TEXT = 4000;

    private ReportEntry() {}

    static void addTo(ReportBuilder report, int line, JsonNode node) {
        if (!node.isObject()) {
            throw new ReportEntryException("not a JSON object");
        }
        String type = text(node, "type", LONGEST_NAME);
        switch (type) {
            case "metric" -> report.metric(metric(node));
            case "param" -> report.parameter(text(node, "name", LONGEST_NAME), scalar(node, "value"));
            case "output" -> report.output(text(node, "name", LONGEST_NAME), json(node, "value"));
            case "dataset" -> report.dataset(dataset(node, direction(node)));
            case "model" -> report.model(model(node));
            case "progress" -> progress(node);
            default ->
                report.problem(
                        line,
                        "unknown type '" + type + "'; known are metric, param, output, dataset, model and progress");
        }
    }

    private static void progress(JsonNode node) {
        // Progress is shown while a step runs and means nothing afterwards; it only has to be well formed.
        finite(node, "fraction");
    }

    private static StepReport.Metric metric(JsonNode node) {
        Optional<ModelRole> role = optional(node, "role", LONGEST_NAME).map(ReportEntry::role);
        Optional<StepReport.Slice> slice = Optional.ofNullable(node.get("slice"))
                .map(part ->
                        new StepReport.Slice(text(part, "column", LONGEST_NAME), text(part, "value", LONGEST_NAME)));
        return new StepReport.Metric(
                text(node, "name", LONGEST_NAME),
                finite(node, "value"),
                whole(node, "samples").orElse(0L),
                new StepReport.Subject(
                        optional(node, "dataset", LONGEST_NAME), optional(node, "model", LONGEST_NAME), role, slice));
    }

    private static ModelRole role(String word) {
        for (ModelRole role : ModelRole.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new ReportEntryException("role must be champion or challenger, not '" + word + "'");
    }

    private static StepReport.Direction direction(JsonNode node) {
        String word = text(node, "direction", LONGEST_NAME);
        for (StepReport.Direction direction : StepReport.Direction.values()) {
            if (direction.name().toLowerCase(Locale.ROOT).equals(word)) {
                return direction;
            }
        }
        throw new ReportEntryException("direction must be read or write, not '" + word + "'");
    }

    private static StepReport.DatasetUse dataset(JsonNode node, StepReport.Direction direction) {
        return new StepReport.DatasetUse(
                direction,
                text(node, "dataset", LONGEST_NAME),
                optional(node, "partition", LONGEST_NAME).orElse(""),
                optional(node, "uri", LONGEST_TEXT).orElse(""),
                optional(node, "fingerprint", LONGEST_NAME),
                whole(node, "rows"),
                whole(node, "bytes"));
    }

    private static StepReport.RegisteredModel model(JsonNode node) {
        Map<String, String> parameters = new LinkedHashMap<>();
        node.path("params")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        Map<String, Double> metrics = new LinkedHashMap<>();
        node.path("metrics")
                .fieldNames()
                .forEachRemaining(name -> metrics.put(name, finite(node.path("metrics"), name)));
        List<StepReport.DatasetUse> trainedOn = new ArrayList<>();
        node.path("trained_on").forEach(use -> trainedOn.add(dataset(use, StepReport.Direction.READ)));
        return new StepReport.RegisteredModel(
                text(node, "name", LONGEST_NAME),
                text(node, "uri", LONGEST_TEXT),
                optional(node, "fingerprint", LONGEST_NAME),
                parameters,
                metrics,
                trainedOn);
    }

    private static String text(JsonNode node, String field, int longest) {
        return optional(node, field, longest)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new ReportEntryException("'" + field + "' is missing; it must be text"));
    }

    private static Optional<String> optional(JsonNode node, String field, int longest) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new ReportEntryException("'" + field + "' must be text");
        }
        return Optional.of(checked(field, value.textValue(), longest));
    }

    private static String scalar(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isValueNode()) {
            throw new ReportEntryException("'" + field + "' must be text, a number or a boolean");
        }
        return checked(field, value.asText(), LONGEST_TEXT);
    }

    private static String json(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new ReportEntryException("'" + field + "' is missing");
        }
        return withoutNul(field, value.toString());
    }

    private static String checked(String field, String value, int longest) {
        if (value.length() > longest) {
            throw new ReportEntryException(
                    "'" + field + "' has " + value.length() + " characters; at most " + longest + " are kept");
        }
        return withoutNul(field, value);
    }

    private static String withoutNul(String field, String value) {
        if (value.indexOf('\0') >= 0 || value.contains("\\u0000")) {
            throw new ReportEntryException("'" + field + "' holds a NUL character");
        }
        return value;
    }

    private static double finite(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new ReportEntryException("'" + field + "' must be a finite number");
        }
        return value.doubleValue();
    }

    private static Optional<Long> whole(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new ReportEntryException("'" + field + "' must be a whole number, 0 or more");
        }
        return Optional.of(value.longValue());
    }
}
