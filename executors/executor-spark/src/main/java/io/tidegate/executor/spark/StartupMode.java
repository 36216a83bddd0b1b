package io.tidegate.executor.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the driver's virtual machine is tuned for. The figures behind the choice are in the executors' README. */
enum StartupMode {
    /**
     * Applications of seconds to a few minutes. One thread collects garbage, and the optimizing compiler takes up a method ten times
     * later than usual: on few cores it would otherwise compete with the application for code that soon is not run any more.
     */
    QUICK,
    /** Long applications: what Java chooses by itself. */
    THROUGHPUT;

    /** The property by which a step chooses. */
    static final String PROPERTY = "spark.tidegate.startup";

    private static final long QUICK_UP_TO_BYTES = 2L << 30;

    List<String> collectorOptions() {
        return switch (this) {
            case QUICK -> List.of("-XX:+UseSerialGC");
            case THROUGHPUT -> List.of();
        };
    }

    List<String> compilerOptions() {
        return switch (this) {
            case QUICK ->
                List.of(
                        "-XX:Tier4InvocationThreshold=50000",
                        "-XX:Tier4MinInvocationThreshold=6000",
                        "-XX:Tier4CompileThreshold=150000",
                        "-XX:Tier4BackEdgeThreshold=400000");
            case THROUGHPUT -> List.of();
        };
    }

    /** Quick in local mode with a driver of at most 2 GiB, else throughput. */
    static StartupMode usual(String master, String driverMemory) {
        boolean small = DriverMemory.bytes(driverMemory).stream().allMatch(bytes -> bytes <= QUICK_UP_TO_BYTES);
        return master.startsWith("local") && small ? QUICK : THROUGHPUT;
    }

    /** Empty when there is no such mode. */
    static Optional<StartupMode> named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.propertyValue().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(StartupMode::propertyValue).collect(Collectors.joining(" or "));
    }

    private String propertyValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
