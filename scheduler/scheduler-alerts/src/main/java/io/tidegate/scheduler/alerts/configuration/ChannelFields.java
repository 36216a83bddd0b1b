package io.tidegate.scheduler.alerts.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.dag.graph.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The fields of one declared channel, taken out one by one; what is wrong is collected. */
final class ChannelFields {
    /** A value that begins so is the name of an environment variable that holds it. */
    static final String REFERENCE = "env:";

    private final String place;
    private final JsonNode node;
    private final Function<String, Optional<String>> environment;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    ChannelFields(String place, JsonNode node, Function<String, Optional<String>> environment, List<String> problems) {
        this.place = place;
        this.node = node;
        this.environment = environment;
        this.problems = problems;
    }

    void wrong(String field, String message) {
        problems.add(place + "." + field + ": " + message);
    }

    /** A text that must be there. */
    Optional<String> required(String field, String what) {
        Optional<String> value = optional(field);
        if (value.isEmpty() && !node.has(field)) {
            wrong(field, "is missing, " + what);
        }
        return value;
    }

    /** A text, taken from the environment when it is a reference. */
    Optional<String> optional(String field) {
        known.add(field);
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            wrong(field, "must be a text");
            return Optional.empty();
        }
        String text = value.textValue();
        return text.startsWith(REFERENCE)
                ? fromEnvironment(field, text.substring(REFERENCE.length()))
                : Optional.of(text);
    }

    /** A text that must not stand in a file. */
    Optional<String> secret(String field) {
        JsonNode value = node.path(field);
        if (value.isTextual() && !value.textValue().startsWith(REFERENCE)) {
            known.add(field);
            wrong(
                    field,
                    "is a secret and does not belong into a file; write " + REFERENCE
                            + "NAME and set the variable NAME");
            return Optional.empty();
        }
        return optional(field);
    }

    Optional<Integer> number(String field) {
        known.add(field);
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            wrong(field, "must be a whole number");
            return Optional.empty();
        }
        return Optional.of(value.intValue());
    }

    /** One text or a list of texts, at least one. */
    List<String> texts(String field, String what) {
        known.add(field);
        JsonNode value = node.path(field);
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        value.forEach(element -> {
            if (element.isTextual()) {
                texts.add(element.textValue());
            } else {
                wrong(field, "must hold texts only");
            }
        });
        if (texts.isEmpty()) {
            wrong(field, "is missing, " + what);
        }
        return texts;
    }

    /** Names every field that nobody asked for. */
    void refuseOthers() {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                String meant = NearestName.of(field, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                wrong(field, "means nothing here, known are " + String.join(", ", known) + meant);
            }
        });
    }

    private Optional<String> fromEnvironment(String field, String variable) {
        Optional<String> value = environment.apply(variable).filter(text -> !text.isBlank());
        if (value.isEmpty()) {
            wrong(field, "the environment variable " + variable + " is not set");
        }
        return value;
    }
}
