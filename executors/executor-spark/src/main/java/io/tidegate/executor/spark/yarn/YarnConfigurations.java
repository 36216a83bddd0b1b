package io.tidegate.executor.spark.yarn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Reads the configuration folder of a Hadoop cluster. */
final class YarnConfigurations {
    private static final List<String> VARIABLES = List.of("YARN_CONF_DIR", "HADOOP_CONF_DIR");
    private static final List<String> FILES = List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml");

    private YarnConfigurations() {}

    /** The folder that a submit's environment names. */
    static Optional<Path> folder(Map<String, String> environment) {
        return VARIABLES.stream()
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .map(Path::of)
                .findFirst();
    }

    /** @throws IOException when the environment names no folder, or one without yarn-site.xml */
    static YarnConfiguration read(Map<String, String> environment) throws IOException {
        Path folder = folder(environment)
                .orElseThrow(() -> new IOException("neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set for YARN"));
        if (!Files.isReadable(folder.resolve("yarn-site.xml"))) {
            throw new IOException(folder + " has no readable yarn-site.xml");
        }
        Configuration read = new Configuration();
        for (String file : FILES) {
            if (Files.isReadable(folder.resolve(file))) {
                read.addResource(
                        new org.apache.hadoop.fs.Path(folder.resolve(file).toUri()));
            }
        }
        YarnConfiguration configuration = new YarnConfiguration(read);
        // A resource manager that is down is asked again at the next look; Hadoop itself would try for a quarter of an
        // hour.
        configuration.setLong("yarn.resourcemanager.connect.max-wait.ms", 5_000);
        configuration.setLong("yarn.resourcemanager.connect.retry-interval.ms", 1_000);
        configuration.setInt("ipc.client.connect.max.retries", 2);
        configuration.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
        configuration.setInt("ipc.client.connect.timeout", 5_000);
        configuration.setBoolean("yarn.timeline-service.enabled", false);
        return configuration;
    }
}
