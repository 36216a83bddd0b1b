package io.tidegate.executor.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** A resource manager and a node manager of Hadoop's own, in this virtual machine. */
final class YarnServers implements AutoCloseable {
    private final MiniYARNCluster cluster;
    private final Path configuration;

    YarnServers(Path folder) throws IOException {
        // The nodes' folders are made below target otherwise.
        System.setProperty("test.build.data", folder.resolve("nodes").toString());
        YarnConfiguration settings = new YarnConfiguration();
        settings.set("fs.defaultFS", "file:///");
        settings.set("yarn.scheduler.capacity.root.queues", "default");
        settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
        settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        settings.setInt("yarn.scheduler.minimum-allocation-mb", 128);
        settings.setInt("yarn.nodemanager.resource.memory-mb", 8192);
        settings.setInt("yarn.nodemanager.resource.cpu-vcores", 8);
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

    /** The folder that HADOOP_CONF_DIR names. */
    Path configuration() {
        return configuration;
    }

    @Override
    public void close() {
        cluster.stop();
    }
}
