package io.tidegate.executor.spark;

import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.executor.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks whether an application's files are there, before Spark spends seconds on finding out that they are not. */
final class ApplicationFiles {
    private static final String LOCAL_SCHEME = "file:";

    private ApplicationFiles() {}

    /** What is wrong with them; empty when nothing is. Files on other systems are Spark's to find. */
    static Optional<String> problem(Workload.SparkApplication application) {
        if (application.application().endsWith(".jar")
                && application.mainClass().isEmpty()) {
            return Optional.of(
                    "the Spark application " + application.application() + " needs the name of its main class");
        }
        Optional<String> missing = Stream.concat(Stream.of(application.application()), application.jars().stream())
                .filter(ApplicationFiles::isMissing)
                .findFirst();
        return missing.map(file -> "the Spark application's file " + file + " does not exist");
    }

    /** The first file that an application brings along and that is not there; empty when all are. */
    static Optional<String> problem(SparkDependencies dependencies, Path folder) {
        return DependencyOptions.missing(dependencies, folder)
                .map(file -> "the Spark application's file " + file + " does not exist below " + folder);
    }

    /** Why Python cannot be run; empty when it need not, or can. */
    static Optional<String> pythonProblem(Workload.SparkApplication application, SparkHome home) {
        boolean python = application.application().endsWith(".py");
        Path sources = home.path().resolve("python").resolve("pyspark");
        return python && !Files.isDirectory(sources)
                ? Optional.of("the Spark home " + home.path() + " has no python folder, which Python applications need:"
                        + " use the home of a Spark distribution")
                : Optional.empty();
    }

    private static boolean isMissing(String file) {
        if (file.indexOf('\0') >= 0) {
            return true;
        }
        if (file.startsWith(LOCAL_SCHEME)) {
            return !Files.isRegularFile(Path.of(file.substring(LOCAL_SCHEME.length())));
        }
        return file.indexOf(':') < 0 && !Files.isRegularFile(Path.of(file));
    }
}
