package io.tidegate.server.condition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.parameter.DurationText;
import io.tidegate.dag.parameter.ParameterText;
import io.tidegate.dag.parser.condition.Variable;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.scheduler.resolve.StepConditions.Facts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the variables of conditions hold. */
final class ConditionValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConditionValues() {}

    /** The variable's value; empty when it has none. */
    static Optional<Object> of(Variable variable, Facts facts) {
        if (variable instanceof Variable.OfParameter known) {
            return Optional.ofNullable(facts.parameters().get(known.parameter().name()))
                    .map(text -> parameter(known.parameter(), text));
        }
        if (variable instanceof Variable.OfInterval part) {
            return facts.interval().map(interval -> interval(part, interval));
        }
        if (variable instanceof Variable.OfOutput output) {
            return Optional.ofNullable(facts.outputs()
                            .getOrDefault(output.step(), Map.of())
                            .get(output.name()))
                    .map(ConditionValues::json);
        }
        if (variable instanceof Variable.OfOutputs all) {
            Map<String, Object> values = new HashMap<>();
            facts.outputs().getOrDefault(all.step(), Map.of()).forEach((name, value) -> values.put(name, json(value)));
            return Optional.of(values);
        }
        return Optional.of(facts.metrics().getOrDefault(((Variable.OfMetrics) variable).step(), Map.of()));
    }

    private static Object parameter(Parameter parameter, String text) {
        return switch (parameter.type()) {
            case STRING, DATE, ENUM, SECRET -> text;
            case INTEGER -> Long.valueOf(text);
            case NUMBER -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case DURATION -> DurationText.read(text);
            case LIST -> ParameterText.items(text);
        };
    }

    private static Object interval(Variable.OfInterval part, DataInterval interval) {
        return switch (part) {
            case START -> interval.start();
            case END -> interval.end();
            case PARTITION -> interval.partition();
        };
    }

    private static Object json(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalArgumentException("a reported value is no JSON: " + text, damaged);
        }
    }

    /** The value that a name such as {@code outputs.count.rows.good} has, be it a variable or a field of one. */
    static Optional<Object> valueAt(String name, Map<String, Object> values) {
        if (values.containsKey(name)) {
            return Optional.ofNullable(values.get(name));
        }
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        return valueAt(name.substring(0, dot), values)
                .filter(Map.class::isInstance)
                .map(map -> ((Map<?, ?>) map).get(name.substring(dot + 1)));
    }
}
