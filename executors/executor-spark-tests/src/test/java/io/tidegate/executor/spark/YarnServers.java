package io.tidegate.executor.spark;

import io.tidegate.executor.ExternalJob;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A resource manager and a node manager of Hadoop's own, in this virtual machine, with an older Spark than this machine's own.
 */
final class YarnServers implements TestCluster {
    static final String PROFILE = "yarn-test";

    private static YarnServers shared;

    private final MiniYARNCluster cluster;
    private final Path folder;
    private final Path configuration;
    private final ApplicationWorkloads workloads;

    /** The cluster of all tests, started with the first; it ends with this virtual machine, and its containers with it. */
    static synchronized YarnServers shared() {
        if (shared == null) {
            try {
                shared = new YarnServers(Files.createTempDirectory("tidegate-yarn"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(shared.cluster::stop));
        }
        return shared;
    }

    private YarnServers(Path folder) throws IOException {
        this.folder = folder;
        this.workloads =
                new ApplicationWorkloads(TestHome.sessionApplication(TestHome.YARN, folder), "SessionApplication");
        // The nodes' folders are made below target otherwise.
        System.setProperty("test.build.data", folder.resolve("nodes").toString());
        YarnConfiguration settings = new YarnConfiguration();
        settings.set("fs.defaultFS", "file:///");
        settings.set("yarn.scheduler.capacity.root.queues", "default");
        settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
        settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        settings.setInt("yarn.scheduler.minimum-allocation-mb", 128);
        settings.setInt("yarn.nodemanager.resource.memory-mb", 32768);
        settings.setInt("yarn.nodemanager.resource.cpu-vcores", 32);
        settings.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
        settings.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
        settings.setFloat("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 99.9f);
        settings.setInt("yarn.nodemanager.disk-health-checker.min-free-space-per-disk-mb", 0);
        fixPorts(settings);
        cluster = new MiniYARNCluster("tidegate", 1, 1, 1);
        cluster.init(settings);
        cluster.start();
        configuration = Files.createDirectories(folder.resolve("hadoop-conf"));
        Configuration running = new Configuration(cluster.getConfig());
        try (OutputStream out = Files.newOutputStream(configuration.resolve("yarn-site.xml"))) {
            running.writeXml(out);
        }
        Files.writeString(configuration.resolve("core-site.xml"), """
                <configuration><property><name>fs.defaultFS</name><value>file:///</value></property></configuration>
                """);
    }

    /** Ports that it chose itself would be missing from the addresses of applications, which hold what was configured. */
    private static void fixPorts(YarnConfiguration settings) throws IOException {
        settings.setBoolean("yarn.minicluster.fixed.ports", true);
        for (String name : List.of("", "scheduler.", "resource-tracker.", "admin.", "webapp.")) {
            try (ServerSocket socket = new ServerSocket(0)) {
                settings.set("yarn.resourcemanager." + name + "address", "localhost:" + socket.getLocalPort());
            }
        }
        for (String name : List.of("", "localizer.", "webapp.", "collector-service.")) {
            settings.set("yarn.nodemanager." + name + "address", "localhost:0");
        }
    }

    @Override
    public SparkProfile profile() {
        return new SparkProfile(
                PROFILE,
                TestHome.YARN,
                Map.of(
                        "HADOOP_CONF_DIR",
                        configuration.toString(),
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "JDK_JAVA_OPTIONS",
                        TestHome.SHORT_LIVED),
                Optional.of("yarn"),
                Optional.empty(),
                Optional.of("http://history:18080"));
    }

    @Override
    public Map<String, String> configuration() {
        return Map.of(
                // Every submit would otherwise carry all of Spark to the cluster.
                "spark.yarn.jars", "local:" + TestHome.YARN.jarFolder() + "/*",
                "spark.yarn.stagingDir", folder.resolve("staging").toUri().toString(),
                "spark.yarn.queue", "default",
                // Executors come with the first stage, which most of the contract's programs do not have.
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                "spark.dynamicAllocation.maxExecutors", "1",
                "spark.yarn.am.memory", "512m",
                "spark.driver.extraJavaOptions", TestHome.SHORT_LIVED,
                "spark.executor.extraJavaOptions", TestHome.SHORT_LIVED);
    }

    @Override
    public ApplicationWorkloads workloads() {
        return workloads;
    }

    /** A resource manager that starts anew knows nothing of before. */
    @Override
    public void forget(ExternalJob job) {
        try {
            cluster.restartResourceManager(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
