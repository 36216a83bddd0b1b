package io.tidegate.executor.spark.cluster;

import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Workload;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * An application on its way to a cluster.
 *
 * @param key the attempt's launch key
 * @param application what is submitted
 * @param inCluster whether the driver runs in the cluster
 * @param environment the step's variables
 * @param specification file with what the step is asked to do
 * @param report file the step reports to
 * @param configuration the step's own Spark properties
 */
public record Submission(
        LaunchKey key,
        Workload.SparkApplication application,
        boolean inCluster,
        Map<String, String> environment,
        Path specification,
        Path report,
        Map<String, String> configuration) {
    public Submission {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(application, "application");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(specification, "specification");
        Objects.requireNonNull(report, "report");
        configuration = Map.copyOf(configuration);
    }

    /** Whether the application is written in Python. */
    public boolean isPython() {
        return application.application().endsWith(".py");
    }
}
