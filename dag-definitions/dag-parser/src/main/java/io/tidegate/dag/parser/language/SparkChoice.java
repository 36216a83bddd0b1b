package io.tidegate.dag.parser.language;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkResources.DynamicAllocation;
import io.tidegate.dag.step.SparkTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A Spark submit as far as an author has settled it. */
record SparkChoice(
        SparkTarget target,
        Resources resources,
        Dependencies dependencies,
        Optional<Boolean> lineage,
        Map<String, String> configuration) {
    static final SparkChoice OPEN = new SparkChoice(
            new SparkTarget(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            new Resources(
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty()),
            new Dependencies(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            Map.of());

    private static final String ALL_CORES = "local[*]";
    private static final String DEFAULT_MEMORY = "1g";

    /** Resources as far as they are settled. */
    record Resources(
            Optional<String> driverMemory,
            OptionalInt driverCores,
            Optional<String> executorMemory,
            OptionalInt executorCores,
            OptionalInt executors,
            Optional<DynamicAllocation> dynamicAllocation) {
        private Resources completedBy(Resources base) {
            // A number of executors and bounds of it are two answers to one question.
            boolean counted = executors.isPresent() || dynamicAllocation.isPresent();
            return new Resources(
                    driverMemory.or(base::driverMemory),
                    driverCores.isPresent() ? driverCores : base.driverCores,
                    executorMemory.or(base::executorMemory),
                    executorCores.isPresent() ? executorCores : base.executorCores,
                    counted ? executors : base.executors,
                    counted ? dynamicAllocation : base.dynamicAllocation);
        }

        private SparkResources settled() {
            return new SparkResources(
                    driverMemory.orElse(DEFAULT_MEMORY),
                    driverCores,
                    executorMemory,
                    executorCores,
                    executors,
                    dynamicAllocation);
        }
    }

    /** Dependencies as far as they are settled. */
    record Dependencies(
            Optional<List<String>> jars,
            Optional<List<String>> pythonFiles,
            Optional<List<String>> packages,
            Optional<List<String>> files) {
        private Dependencies completedBy(Dependencies base) {
            return new Dependencies(
                    jars.or(base::jars),
                    pythonFiles.or(base::pythonFiles),
                    packages.or(base::packages),
                    files.or(base::files));
        }

        private SparkDependencies settled() {
            return new SparkDependencies(
                    jars.orElse(List.of()),
                    pythonFiles.orElse(List.of()),
                    packages.orElse(List.of()),
                    files.orElse(List.of()));
        }
    }

    SparkChoice completedBy(SparkChoice base) {
        Map<String, String> merged = new LinkedHashMap<>(base.configuration);
        merged.putAll(configuration);
        return new SparkChoice(
                new SparkTarget(
                        target.profile().or(base.target::profile),
                        target.master().or(base.target::master),
                        target.deployMode().or(base.target::deployMode),
                        target.queue().or(base.target::queue),
                        target.login().or(base.target::login)),
                resources.completedBy(base.resources),
                dependencies.completedBy(base.dependencies),
                lineage.or(base::lineage),
                merged);
    }

    /** Without a profile, which may name a master, the master is this machine. */
    ExecutorSettings.Spark settings() {
        Optional<String> master =
                target.profile().isPresent() ? target.master() : target.master().or(() -> Optional.of(ALL_CORES));
        return new ExecutorSettings.Spark(
                new SparkTarget(target.profile(), master, target.deployMode(), target.queue(), target.login()),
                resources.settled(),
                dependencies.settled(),
                lineage.orElse(false),
                configuration);
    }
}
