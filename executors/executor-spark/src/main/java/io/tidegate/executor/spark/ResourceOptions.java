package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkResources;
import java.util.ArrayList;
import java.util.List;

/** What an application may use and who it is for, as options of spark-submit. */
final class ResourceOptions {
    private ResourceOptions() {}

    static List<String> of(ExecutorSettings.Spark settings) {
        List<String> options = new ArrayList<>();
        SparkResources resources = settings.resources();
        resources.executorMemory().ifPresent(memory -> options.addAll(List.of("--executor-memory", memory)));
        resources
                .executorCores()
                .ifPresent(cores -> options.addAll(List.of("--executor-cores", Integer.toString(cores))));
        // A property, since the option of that name is for some masters only.
        resources.executors().ifPresent(number -> property("spark.executor.instances", number, options));
        resources.dynamicAllocation().ifPresent(bounds -> {
            property("spark.dynamicAllocation.enabled", true, options);
            property("spark.dynamicAllocation.minExecutors", bounds.minimum(), options);
            property("spark.dynamicAllocation.maxExecutors", bounds.maximum(), options);
            if (!settings.configuration().containsKey("spark.shuffle.service.enabled")) {
                // Without an external shuffle service an executor is kept as long as its shuffle files are wanted.
                property("spark.dynamicAllocation.shuffleTracking.enabled", true, options);
            }
        });
        settings.target().queue().ifPresent(queue -> options.addAll(List.of("--queue", queue)));
        settings.target()
                .login()
                .ifPresent(
                        login -> options.addAll(List.of("--principal", login.principal(), "--keytab", login.keytab())));
        return options;
    }

    private static void property(String name, Object value, List<String> options) {
        options.addAll(List.of("--conf", name + "=" + value));
    }
}
