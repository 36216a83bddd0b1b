package io.tidegate.dag.builder;

import io.tidegate.dag.step.StepKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step of a DAG that a program makes. What has no method here is given with {@link #set}, in the words of the language; whether it fits
 * is seen when the DAG is built. Not thread-safe.
 */
public final class StepBuilder {
    private static final String ENVIRONMENT = "environment";

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private StepBuilder(StepKind kind) {
        set("kind", kind);
    }

    /** A step of a kind. */
    public static StepBuilder of(StepKind kind) {
        return new StepBuilder(kind);
    }

    /** A task that runs a command, argument by argument. */
    public static StepBuilder task(String... command) {
        return of(StepKind.TASK).command(command);
    }

    /** Steps that must end before, beyond those whose data this one reads. */
    public StepBuilder needs(String... steps) {
        return set("needs", List.of(steps));
    }

    /** A trigger rule or a condition over results: {@code all_done}, {@code a.succeeded && !b.failed}. */
    public StepBuilder runWhen(String rule) {
        return set("run_when", rule);
    }

    /** A condition in CEL. */
    public StepBuilder when(String condition) {
        return set("when", condition);
    }

    /** Partitions that are read, such as {@code features} or {@code features[-7..0]}. */
    public StepBuilder inputs(String... references) {
        return set("inputs", List.of(references));
    }

    /** Datasets whose partition is written. */
    public StepBuilder outputs(String... datasets) {
        return set("outputs", List.of(datasets));
    }

    public StepBuilder command(String... arguments) {
        return set("command", List.of(arguments));
    }

    /** Adds a variable of the step's environment. */
    public StepBuilder environment(String name, String value) {
        Map<String, Object> variables = new LinkedHashMap<>();
        if (fields.get(ENVIRONMENT) instanceof Map<?, ?> before) {
            before.forEach((key, earlier) -> variables.put(String.valueOf(key), earlier));
        }
        variables.put(name, value);
        return set(ENVIRONMENT, variables);
    }

    public StepBuilder timeout(Duration timeout) {
        return set("timeout", timeout);
    }

    /** How often each kind of failure is tried again, by its word: {@code Map.of("user", 2)}. */
    public StepBuilder retries(Map<String, Integer> budgets) {
        return set("retries", new LinkedHashMap<>(budgets));
    }

    /**
     * Any field of a step.
     *
     * @param value text, a number, a boolean, a duration, a date, or a list or map of these
     * @throws IllegalArgumentException for a value of another sort
     */
    public StepBuilder set(String field, Object value) {
        fields.put(field, FieldValues.of(value));
        return this;
    }

    Map<String, Object> fields() {
        return new LinkedHashMap<>(fields);
    }
}
