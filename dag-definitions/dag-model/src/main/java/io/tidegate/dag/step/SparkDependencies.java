package io.tidegate.dag.step;

import java.util.List;

/**
 * What a Spark application brings along. Paths are absolute, URIs, or relative to the DAG's folder.
 *
 * @param jars jars on the class path of driver and executors
 * @param pythonFiles Python files, archives and eggs on the Python path
 * @param packages Maven coordinates, resolved by Spark
 * @param files files put into the working directory of each executor
 */
public record SparkDependencies(
        List<String> jars, List<String> pythonFiles, List<String> packages, List<String> files) {
    /** Nothing. */
    public static final SparkDependencies NONE = new SparkDependencies(List.of(), List.of(), List.of(), List.of());

    public SparkDependencies {
        jars = List.copyOf(jars);
        pythonFiles = List.copyOf(pythonFiles);
        packages = List.copyOf(packages);
        files = List.copyOf(files);
    }
}
