package io.tidegate.executor.spark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An installation of Spark.
 *
 * @param path the folder that SPARK_HOME names
 */
public record SparkHome(Path path) {
    /** The environment variable that names the user's own installation. */
    public static final String VARIABLE = "SPARK_HOME";

    private static final String TEMPLATE = ".template";

    public SparkHome {
        path = path.toAbsolutePath().normalize();
    }

    /** The installation that SPARK_HOME names, else the bundled one. */
    public static SparkHome choose(Map<String, String> environment, Path bundled) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(value -> new SparkHome(Path.of(value)))
                .orElseGet(() -> new SparkHome(bundled));
    }

    Path submitScript() {
        return path.resolve("bin").resolve("spark-submit");
    }

    Path jarFolder() {
        return path.resolve("jars");
    }

    Path configurationFolder() {
        return path.resolve("conf");
    }

    /** Why nothing can be submitted with it, in one line; empty when nothing speaks against it. */
    public Optional<String> problem() {
        if (!Files.isDirectory(path)) {
            return Optional.of(describe("does not exist"));
        }
        if (!Files.isRegularFile(submitScript())) {
            return Optional.of(describe("has no bin/spark-submit"));
        }
        if (!Files.isExecutable(submitScript())) {
            return Optional.of(describe("has a bin/spark-submit that is not executable"));
        }
        try {
            if (jars().stream().noneMatch(jar -> jar.getFileName().toString().startsWith("spark-core_"))) {
                return Optional.of(describe("has no spark-core jar in its jars folder"));
            }
        } catch (IOException e) {
            return Optional.of(describe("has no readable jars folder"));
        }
        return Optional.empty();
    }

    private String describe(String problem) {
        return "the Spark home " + path + " " + problem
                + ": set SPARK_HOME to an installation of Spark 4, or build the bundled one with ./mvnw -pl :spark-home package";
    }

    /** Its jars, sorted by name. */
    List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(jarFolder(), "*.jar")) {
            files.forEach(jars::add);
        }
        jars.sort(null);
        return jars;
    }

    /** Whether its conf folder says anything: a distribution comes with templates only. */
    boolean isConfigured() throws IOException {
        if (!Files.isDirectory(configurationFolder())) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                configurationFolder(), file -> !file.getFileName().toString().endsWith(TEMPLATE))) {
            return files.iterator().hasNext();
        }
    }
}
