package io.tidegate.executor.spark;

import io.tidegate.dag.step.SparkDependencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an application brings along, as options of spark-submit. */
final class DependencyOptions {
    private static final Pattern WITH_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

    private DependencyOptions() {}

    static List<String> of(SubmitLine.Content content) {
        SparkDependencies own = content.settings().dependencies();
        List<String> options = new ArrayList<>();
        String lineageJar = content.added().getOrDefault(SparkLineage.JAR, "");
        add(
                "--jars",
                Stream.of(content.application().jars().stream(), resolved(own.jars(), content), Stream.of(lineageJar))
                        .flatMap(jars -> jars)
                        .filter(jar -> !jar.isEmpty()),
                options);
        add("--py-files", resolved(own.pythonFiles(), content), options);
        String lineage = content.added().getOrDefault(SparkLineage.PACKAGES, "");
        add(
                "--packages",
                Stream.concat(own.packages().stream(), Stream.of(lineage).filter(name -> !name.isEmpty())),
                options);
        add("--files", resolved(own.files(), content), options);
        return options;
    }

    /** The first file that is said to be on this machine and is not; empty when all are there. */
    static Optional<String> missing(SparkDependencies own, Path folder) {
        return Stream.of(own.jars(), own.pythonFiles(), own.files())
                .flatMap(List::stream)
                .filter(file -> !WITH_SCHEME.matcher(file).matches())
                .filter(file -> !java.nio.file.Files.exists(folder.resolve(file.split("#", 2)[0])))
                .findFirst();
    }

    private static Stream<String> resolved(List<String> files, SubmitLine.Content content) {
        return files.stream()
                .map(file -> WITH_SCHEME.matcher(file).matches()
                        ? file
                        : content.folder().resolve(file).toString());
    }

    private static void add(String option, Stream<String> values, List<String> options) {
        String list = String.join(",", values.toList());
        if (!list.isEmpty()) {
            options.addAll(List.of(option, list));
        }
    }
}
