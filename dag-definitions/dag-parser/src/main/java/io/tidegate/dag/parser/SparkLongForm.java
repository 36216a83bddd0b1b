package io.tidegate.dag.parser;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Writes the settings of a Spark submit in their long form. What is not set is left out, so that new fields change no old version. */
final class SparkLongForm {
    private SparkLongForm() {}

    static Map<String, Object> of(ExecutorSettings.Spark spark) {
        Map<String, Object> fields = new TreeMap<>();
        target(spark.target(), fields);
        resources(spark.resources(), fields);
        dependencies(spark.dependencies(), fields);
        if (spark.lineage()) {
            fields.put("lineage", "openlineage");
        }
        fields.put("conf", new TreeMap<>(spark.configuration()));
        return fields;
    }

    private static void target(SparkTarget target, Map<String, Object> fields) {
        target.profile().ifPresent(profile -> fields.put("profile", profile));
        target.master().ifPresent(master -> fields.put("master", master));
        target.deployMode()
                .ifPresent(mode -> fields.put("deploy_mode", mode.name().toLowerCase(Locale.ROOT)));
        target.queue().ifPresent(queue -> fields.put("queue", queue));
        target.login().ifPresent(login -> {
            fields.put("principal", login.principal());
            fields.put("keytab", login.keytab());
        });
    }

    private static void resources(SparkResources resources, Map<String, Object> fields) {
        fields.put("driver_memory", resources.driverMemory());
        number("driver_cores", resources.driverCores(), fields);
        resources.executorMemory().ifPresent(memory -> fields.put("executor_memory", memory));
        number("executor_cores", resources.executorCores(), fields);
        number("executors", resources.executors(), fields);
        resources
                .dynamicAllocation()
                .ifPresent(bounds -> fields.put(
                        "dynamic_allocation", new TreeMap<>(Map.of("min", bounds.minimum(), "max", bounds.maximum()))));
    }

    private static void dependencies(SparkDependencies dependencies, Map<String, Object> fields) {
        list("jars", dependencies.jars(), fields);
        list("py_files", dependencies.pythonFiles(), fields);
        list("packages", dependencies.packages(), fields);
        list("files", dependencies.files(), fields);
    }

    private static void number(String name, OptionalInt number, Map<String, Object> fields) {
        number.ifPresent(present -> fields.put(name, present));
    }

    private static void list(String name, List<String> items, Map<String, Object> fields) {
        if (!items.isEmpty()) {
            fields.put(name, items);
        }
    }
}
