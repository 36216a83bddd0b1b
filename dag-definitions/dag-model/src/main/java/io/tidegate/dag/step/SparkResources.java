package io.tidegate.dag.step;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a Spark application may use. Memory is in Spark's notation, for example {@code 1g}; what is absent is left to the cluster.
 *
 * @param driverMemory memory of the driver
 * @param driverCores cores of the driver, in cluster mode
 * @param executorMemory memory of each executor
 * @param executorCores cores of each executor
 * @param executors number of executors; absent together with {@code dynamicAllocation} means what the cluster gives
 * @param dynamicAllocation as many executors as the work needs, within bounds
 */
public record SparkResources(
        String driverMemory,
        OptionalInt driverCores,
        Optional<String> executorMemory,
        OptionalInt executorCores,
        OptionalInt executors,
        Optional<DynamicAllocation> dynamicAllocation) {
    /**
     * Bounds of the number of executors.
     *
     * @param minimum at least 0
     * @param maximum at least 1 and not below the minimum
     */
    public record DynamicAllocation(int minimum, int maximum) {
        public DynamicAllocation {
            if (minimum < 0 || maximum < 1 || maximum < minimum) {
                throw new IllegalArgumentException("there are no " + minimum + " to " + maximum + " executors");
            }
        }
    }

    /** @throws IllegalArgumentException when the number of executors is both fixed and dynamic */
    public SparkResources {
        Objects.requireNonNull(driverMemory, "driverMemory");
        Objects.requireNonNull(driverCores, "driverCores");
        Objects.requireNonNull(executorMemory, "executorMemory");
        Objects.requireNonNull(executorCores, "executorCores");
        Objects.requireNonNull(executors, "executors");
        if (executors.isPresent() && dynamicAllocation.isPresent()) {
            throw new IllegalArgumentException("the number of executors is either fixed or dynamic");
        }
    }

    /** A driver of this much memory, all else as it comes. */
    public static SparkResources of(String driverMemory) {
        return new SparkResources(
                driverMemory,
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }
}
