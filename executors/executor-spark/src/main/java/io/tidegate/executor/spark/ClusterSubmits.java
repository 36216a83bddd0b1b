package io.tidegate.executor.spark;

import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.AttemptFolder;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.cluster.Submission;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Makes the submit of an application whose driver runs in a cluster. */
final class ClusterSubmits {
    private static final String PROPERTIES = "spark.properties";
    private static final String DEFAULTS = "spark-defaults.conf";

    private ClusterSubmits() {}

    /** How a submit is told to leave the driver alone, and the driver how to tell itself from the submit's processes. */
    static Map<String, String> environment(Map<String, String> environment, SubmitLine line) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TIDEGATE_DEPLOY_MODE", "cluster");
        all.put("SPARK_SUBMIT_OPTS", JavaOptions.join(List.of(line.logOption())));
        return all;
    }

    static Submission submission(
            LaunchRequest request,
            Workload.SparkApplication application,
            boolean inCluster,
            AttemptFolder folder,
            Map<String, String> configuration) {
        Map<String, String> variables = new HashMap<>(request.environment());
        variables.put("TIDEGATE_LAUNCH_KEY", request.key().value());
        variables.put("TIDEGATE_DEPLOY_MODE", inCluster ? "cluster" : "client");
        return new Submission(
                request.key(),
                application,
                inCluster,
                variables,
                folder.specification(),
                folder.report(),
                configuration);
    }

    /**
     * Writes the properties that the executor adds, over the defaults of the installation, which Spark reads no more when it is given a
     * file. Readable by the owner alone: a step's variables may be secrets.
     *
     * @param configuration the folder with the installation's defaults
     */
    static Path writeProperties(AttemptFolder folder, Path configuration, Map<String, String> added)
            throws IOException {
        Properties properties = new Properties();
        Path defaults = configuration.resolve(DEFAULTS);
        if (Files.isReadable(defaults)) {
            try (Reader reader = Files.newBufferedReader(defaults)) {
                properties.load(reader);
            }
        }
        added.forEach((name, value) -> {
            if (!name.equals(SparkLineage.PACKAGES)) {
                properties.setProperty(name, value);
            }
        });
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path file = folder.path().resolve(PROPERTIES);
        // Two launches under one key may race; a temporary file is its owner's alone.
        AttemptFolder.writeAtomically(file, text.toString());
        return file;
    }

    /** All properties that the executor adds to a submit. */
    static Map<String, String> added(SparkCluster cluster, Submission submission, Map<String, String> lineage) {
        Map<String, String> added = new HashMap<>(lineage);
        added.putAll(cluster.properties(submission));
        return added;
    }
}
