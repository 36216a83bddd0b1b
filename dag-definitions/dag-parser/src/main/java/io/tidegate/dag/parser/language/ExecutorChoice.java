package io.tidegate.dag.parser.language;

import io.tidegate.dag.step.ExecutorSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An executor as far as an author has settled it. */
record ExecutorChoice(
        boolean spark, Optional<String> master, Optional<String> driverMemory, Map<String, String> configuration) {
    static final ExecutorChoice PROCESS = new ExecutorChoice(false, Optional.empty(), Optional.empty(), Map.of());
    static final ExecutorChoice SPARK = new ExecutorChoice(true, Optional.empty(), Optional.empty(), Map.of());

    private static final String ALL_CORES = "local[*]";
    private static final String DEFAULT_MEMORY = "1g";

    /** The word authors write. */
    String word() {
        return spark ? "spark" : "process";
    }

    /** This choice, with what it leaves open taken from the DAG's default where that is the same executor. */
    ExecutorChoice completedBy(Optional<ExecutorChoice> defaults) {
        if (defaults.isEmpty() || defaults.get().spark != spark) {
            return this;
        }
        ExecutorChoice base = defaults.get();
        Map<String, String> merged = new LinkedHashMap<>(base.configuration);
        merged.putAll(configuration);
        return new ExecutorChoice(spark, master.or(base::master), driverMemory.or(base::driverMemory), merged);
    }

    ExecutorSettings settings() {
        return spark
                ? new ExecutorSettings.Spark(
                        master.orElse(ALL_CORES), driverMemory.orElse(DEFAULT_MEMORY), configuration)
                : new ExecutorSettings.LocalProcess();
    }
}
