package io.tidegate.dag.builder;

import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.step.StepKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Steps of each kind, with what that kind cannot do without; {@link StepBuilder} has the rest. A step with a command or an application of
 * its own is made with {@link StepBuilder#of} where its kind would otherwise run a built-in program.
 */
public final class Steps {
    private static final String MODEL = "model";

    private Steps() {}

    /** A task that runs a command, argument by argument. */
    public static StepBuilder task(String... command) {
        return StepBuilder.task(command);
    }

    /** The built-in ingest. */
    public static StepBuilder ingest(String uri, String format, String timeColumn) {
        return StepBuilder.of(StepKind.INGEST)
                .set("source", Map.of("uri", uri, "format", format, "time_column", timeColumn));
    }

    /** @param rules the rules file of the built-in cleanse */
    public static StepBuilder cleanse(String rules) {
        return StepBuilder.of(StepKind.CLEANSE).set("rules", rules);
    }

    /** @param className the transformation of the built-in transform */
    public static StepBuilder transform(String className) {
        return StepBuilder.of(StepKind.TRANSFORM).set("transform", className);
    }

    /** @param metrics what is computed and logged; everything when there are none */
    public static StepBuilder evaluate(String model, String... metrics) {
        StepBuilder step = StepBuilder.of(StepKind.EVALUATE).set(MODEL, model);
        return metrics.length == 0 ? step : step.set("metrics", List.of(metrics));
    }

    public static StepBuilder train(String model) {
        return StepBuilder.of(StepKind.TRAIN).set(MODEL, model);
    }

    /** @param conditions {@code "no_champion"}, and what {@link #threshold} gives */
    public static StepBuilder refit(String model, OpenCondition.Mode mode, Object... conditions) {
        return StepBuilder.of(StepKind.REFIT)
                .set(MODEL, model)
                .set("open_when", Map.of(mode.name().toLowerCase(Locale.ROOT), List.of(conditions)));
    }

    /**
     * A condition that opens a refit.
     *
     * @param fire a reading that says the world has moved, such as {@code > 0.52}
     * @param more other fields by their names: {@code window}, {@code aggregate}, {@code clear}, {@code breaches} and so on
     */
    public static Map<String, Object> threshold(String metric, String fire, Map<String, ?> more) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric", metric);
        fields.put("fire", fire);
        fields.putAll(more);
        return Map.of("threshold", fields);
    }

    /** @param gate rules that must all hold */
    public static StepBuilder publish(String model, String... gate) {
        return StepBuilder.of(StepKind.PUBLISH).set(MODEL, model).set("gate", List.of(gate));
    }

    /** Waits for the partition of a dataset. */
    public static StepBuilder partition(String dataset) {
        return StepBuilder.of(StepKind.SENSOR).set("partition", dataset);
    }

    /** Waits for a file or folder. */
    public static StepBuilder path(String path) {
        return StepBuilder.of(StepKind.SENSOR).set("path", path);
    }

    /** Waits for a row in a database of the server's configuration. */
    public static StepBuilder sql(String connection, String query, String... values) {
        return StepBuilder.of(StepKind.SENSOR)
                .set("sql", Map.of("connection", connection, "query", query, "values", List.of(values)));
    }

    /** Waits for an answer with status 200. */
    public static StepBuilder http(String url) {
        return StepBuilder.of(StepKind.SENSOR).set("http", Map.of("url", url));
    }

    /** @param condition in CEL over {@code body}, the JSON of the answer */
    public static StepBuilder http(String url, int status, String condition) {
        return StepBuilder.of(StepKind.SENSOR)
                .set("http", Map.of("url", url, "status", status, "condition", condition));
    }

    /** Waits for the success of another DAG's run for the same interval. */
    public static StepBuilder runOf(String dag) {
        return StepBuilder.of(StepKind.SENSOR).set("run_of", dag);
    }

    /** @param when a time of day, {@code 06:30}, or a time after the end of the interval, {@code 2h} */
    public static StepBuilder until(String when) {
        return StepBuilder.of(StepKind.SENSOR).set("until", when);
    }

    /** Runs another DAG. */
    public static StepBuilder dag(String dag) {
        return StepBuilder.of(StepKind.DAG).set("dag", dag);
    }

    /**
     * Has a custom resource of Kubernetes do the work.
     *
     * @param manifest its fields, without name and namespace
     * @param succeedsWhen in CEL over {@code object}
     */
    public static StepBuilder resource(Map<String, ?> manifest, String succeedsWhen) {
        return StepBuilder.of(StepKind.RESOURCE).set("manifest", manifest).set("succeeds_when", succeedsWhen);
    }

    /** @param manifest a file below the DAG's folder */
    public static StepBuilder resource(String manifest, String succeedsWhen) {
        return StepBuilder.of(StepKind.RESOURCE).set("manifest", manifest).set("succeeds_when", succeedsWhen);
    }
}
