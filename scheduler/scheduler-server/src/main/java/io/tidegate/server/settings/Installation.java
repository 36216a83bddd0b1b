package io.tidegate.server.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Tidegate itself lies.
 *
 * @param root the folder of the launcher
 */
public record Installation(Path root) {
    private static final String PROPERTY = "tidegate.install";

    /**
     * The installation this process was started from.
     *
     * @throws IllegalStateException when it was not started through the launcher
     */
    public static Installation current() {
        return new Installation(Path.of(Optional.ofNullable(System.getProperty(PROPERTY))
                .orElseThrow(
                        () -> new IllegalStateException("start Tidegate through its launcher, or set -D" + PROPERTY))));
    }

    /** The jar with the programs of the built-in step kinds. */
    public Path stepLibrary() {
        return root.resolve("dag-definitions/step-library/target/tidegate-step-library.jar");
    }

    /** The Spark home that the build assembles. */
    public Path assembledSparkHome() {
        return root.resolve("executors/spark-home/target/spark-home");
    }

    /** The DAGs that come with Tidegate. */
    public Path examples() {
        return root.resolve("dag-definitions/examples");
    }
}
