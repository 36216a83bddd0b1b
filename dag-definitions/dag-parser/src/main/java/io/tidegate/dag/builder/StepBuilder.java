package io.tidegate.dag.builder;

import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.StepKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step of a DAG that a program makes. Methods are called as the fields of the language are; {@link Steps} makes steps
 * of each kind, and {@link #set} gives any field by its name. Whether it fits is seen when the DAG is built. Not thread-safe.
 */
public final class StepBuilder {
    private static final String FOREACH = "foreach";

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

    /** The step waits until the same step of the interval before has gone well. */
    public StepBuilder dependsOnPast() {
        return set("depends_on_past", true);
    }

    /** Partitions that are read, such as {@code features} or {@code features[-7..0]}. */
    public StepBuilder inputs(String... references) {
        return set("inputs", List.of(references));
    }

    /** Datasets whose partition is written. */
    public StepBuilder outputs(String... datasets) {
        return set("outputs", List.of(datasets));
    }

    /** Adds a value that the step must report. */
    public StepBuilder returns(String name, OutputType type) {
        return entry("returns", name, type.word());
    }

    /**
     * Adds a variable of {@code foreach}: the step runs once for each of its values.
     *
     * @param items a list, or a template that names one: a parameter, or what an earlier step reported
     */
    public StepBuilder foreach(String variable, Object items) {
        Map<String, Object> variables = under(fields.get(FOREACH), "items");
        variables.put(variable, items);
        return entry(FOREACH, "items", variables);
    }

    /** What an item is called. */
    public StepBuilder itemName(String template) {
        return entry(FOREACH, "name", template);
    }

    /**
     * How many items there may be, and how many of them at work at the same time.
     *
     * @param onFailure {@code keep_going} or {@code fail_fast}
     */
    public StepBuilder itemLimits(int atMost, int atOnce, String onFailure) {
        return entry(FOREACH, "at_most", atMost)
                .entry(FOREACH, "at_once", atOnce)
                .entry(FOREACH, "on_failure", onFailure);
    }

    public StepBuilder command(String... arguments) {
        return set("command", List.of(arguments));
    }

    /** A Spark application: a jar, or a Python file, by its path from the DAG's folder. */
    public StepBuilder application(String path) {
        return set("application", path);
    }

    /** The main class of an application that is a jar. */
    public StepBuilder mainClass(String name) {
        return set("class", name);
    }

    /** Arguments of an application. */
    public StepBuilder args(String... arguments) {
        return set("args", List.of(arguments));
    }

    /** Adds a variable of the step's environment. */
    public StepBuilder environment(String name, String value) {
        return entry("environment", name, value);
    }

    /** Runs as a process beside the server. */
    public StepBuilder process() {
        return set("executor", "process");
    }

    /** Runs with Spark; settings by the names of their fields. */
    public StepBuilder spark(Map<String, ?> settings) {
        return set("executor", Map.of("spark", settings));
    }

    /** Runs in a pod; settings by the names of their fields. */
    public StepBuilder kubernetes(Map<String, ?> settings) {
        return set("executor", Map.of("kubernetes", settings));
    }

    public StepBuilder timeout(Duration timeout) {
        return set("timeout", timeout);
    }

    /** How long the job may wait on its cluster until its program runs. */
    public StepBuilder startTimeout(Duration wait) {
        return set("start_timeout", wait);
    }

    /** By when the step must have ended, from the run's start; if not, people are told. */
    public StepBuilder deadline(Duration after) {
        return set("deadline", after);
    }

    public StepBuilder deadline(Duration after, Deadline.From from, Deadline.Then then) {
        return set("deadline", deadlineOf(after, from, then));
    }

    static Map<String, Object> deadlineOf(Duration after, Deadline.From from, Deadline.Then then) {
        return Map.of("after", after, "from", from.word(), "then", then.word());
    }

    /** How often each kind of failure is tried again, by its word, and how: {@code Map.of("user", 2, "backoff", "10s..5m")}. */
    public StepBuilder retries(Map<String, ?> budgets) {
        return set("retries", budgets);
    }

    /** Takes a place of a pool. */
    public StepBuilder pool(String pool) {
        return set("pool", pool);
    }

    /** Takes places of pools. */
    public StepBuilder pool(Map<String, Integer> places) {
        return set("pool", places);
    }

    /** Who goes first among those that wait, 0 to 100. */
    public StepBuilder priority(int priority) {
        return set("priority", priority);
    }

    /** How many attempts of the step may work at the same time, over all runs and items. */
    public StepBuilder atOnce(int attempts) {
        return set("at_once", attempts);
    }

    /** Adds a bound on a metric of a cleanse step, such as {@code <= 2%}. */
    public StepBuilder quality(String metric, String bound) {
        return entry("quality", metric, bound);
    }

    /** The trainer of the built-in train and refit, and the last stretch of the data that it does not train on. */
    public StepBuilder train(String className, Duration holdout) {
        return set("train", className).set("holdout", holdout);
    }

    /** A sensor wants a file {@code _SUCCESS} in the folder. */
    public StepBuilder successFile() {
        return set("success_file", true);
    }

    /** For how long nothing may have changed of what a sensor waits for. */
    public StepBuilder stableFor(Duration rest) {
        return set("stable_for", rest);
    }

    /** The pause between two looks of a sensor. */
    public StepBuilder poke(Duration pause) {
        return set("poke", pause);
    }

    /** Adds a parameter of the run of another DAG. */
    public StepBuilder param(String name, String value) {
        return entry("params", name, value);
    }

    /** Adds a value that is taken from the run of another DAG, as {@code STEP.NAME} there. */
    public StepBuilder takes(String name, String from) {
        return entry("takes", name, from);
    }

    /** A step that runs another DAG has succeeded once that run is there. */
    public StepBuilder withoutWaiting() {
        return set("wait", false);
    }

    /** When a custom resource has failed, in CEL over {@code object}. */
    public StepBuilder failsWhen(String condition) {
        return set("fails_when", condition);
    }

    /** Why a custom resource has failed: text, in CEL over {@code object}. */
    public StepBuilder message(String expression) {
        return set("message", expression);
    }

    /** Adds a label of the pods of a custom resource whose log is the step's. */
    public StepBuilder logs(String label, String value) {
        return entry("logs", label, value);
    }

    /** A custom resource stays in the cluster when it has ended. */
    public StepBuilder keep() {
        return set("keep", true);
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

    /** Adds to a field whose value is a mapping. */
    private StepBuilder entry(String field, String name, Object value) {
        Map<String, Object> entries = under(fields, field);
        entries.put(name, value);
        return set(field, entries);
    }

    private static Map<String, Object> under(Object mapping, String name) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (mapping instanceof Map<?, ?> outer && outer.get(name) instanceof Map<?, ?> before) {
            before.forEach((key, value) -> entries.put(String.valueOf(key), value));
        }
        return entries;
    }

    Map<String, Object> fields() {
        return new LinkedHashMap<>(fields);
    }
}
