package io.tidegate.storage.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.storage.Storage;
import io.tidegate.storage.StorageLocation;
import io.tidegate.storage.hadoop.HadoopSettings.KeytabLogin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An HDFS that lets nobody in without a ticket, and tickets that last seconds. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class KerberosTest {
    private static final Duration LIFETIME = Duration.ofSeconds(12);
    private static final String SERVER = "tidegate/localhost";

    @TempDir
    static Path disk;

    private static KeyDistribution tickets;
    private static MiniDFSCluster cluster;
    private static Path keytab;
    private static Path site;

    @BeforeAll
    static void start() throws Exception {
        tickets = KeyDistribution.start(Files.createDirectories(disk.resolve("kdc")), LIFETIME);
        keytab = tickets.keytab("tidegate", SERVER);
        Configuration secured = secured(tickets.keytab("hdfs", "hdfs/localhost", "HTTP/localhost"));
        Configuration configuration = new Configuration();
        configuration.addResource(secured);
        UserGroupInformation.setConfiguration(configuration);
        cluster = new MiniDFSCluster.Builder(configuration, disk.resolve("dfs").toFile())
                .numDataNodes(1)
                .build();
        site = disk.resolve("core-site.xml");
        try (var file = Files.newOutputStream(site)) {
            secured.writeXml(file);
        }
    }

    private static Configuration secured(Path hdfsKeytab) {
        Configuration configuration = new Configuration(false);
        configuration.set("hadoop.security.authentication", "kerberos");
        configuration.set("hadoop.security.authorization", "true");
        configuration.set("hadoop.kerberos.min.seconds.before.relogin", "1");
        configuration.set("hadoop.proxyuser.tidegate.hosts", "*");
        configuration.set("hadoop.proxyuser.tidegate.users", "flight-models");
        for (String node : List.of("namenode", "datanode")) {
            configuration.set("dfs." + node + ".kerberos.principal", "hdfs/localhost@" + KeyDistribution.REALM);
            configuration.set("dfs." + node + ".keytab.file", hdfsKeytab.toString());
        }
        configuration.set("dfs.web.authentication.kerberos.principal", "HTTP/localhost@" + KeyDistribution.REALM);
        configuration.set("dfs.web.authentication.kerberos.keytab", hdfsKeytab.toString());
        configuration.set("dfs.block.access.token.enable", "true");
        configuration.set("dfs.data.transfer.protection", "authentication");
        configuration.set("ignore.secure.ports.for.testing", "true");
        return configuration;
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.shutdown();
        }
        tickets.close();
    }

    private static HadoopStorages storages(String principal) {
        return new HadoopStorages(
                new HadoopSettings(List.of(site), Optional.of(new KeytabLogin(principal, keytab)), true),
                InstantSource.system());
    }

    private static StorageLocation at(String path) {
        return new StorageLocation(cluster.getURI() + path);
    }

    private static void folderOf(String user, String path) throws IOException {
        FileSystem files = cluster.getFileSystem();
        files.mkdirs(new org.apache.hadoop.fs.Path(path));
        files.setOwner(new org.apache.hadoop.fs.Path(path), user, null);
        files.setPermission(new org.apache.hadoop.fs.Path(path), new FsPermission((short) 0700));
    }

    private static void write(Storage storage, String path) throws IOException {
        storage.write(at(path), new ByteArrayInputStream("1".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theServerLogsInWithItsKeytabAndActsForOwnersThatItMayActFor() throws Exception {
        folderOf("tidegate", "/archive");
        folderOf("flight-models", "/flights");
        try (HadoopStorages storages = storages(SERVER)) {
            write(storages.own(), "/archive/log");
            write(storages.of("flight-models"), "/flights/part-0");
            assertThat(owner("/archive/log")).isEqualTo("tidegate");
            assertThat(owner("/flights/part-0")).isEqualTo("flight-models");
            assertThatThrownBy(() -> storages.own().look(at("/flights"))).hasMessageContaining("Permission denied");
            assertThatThrownBy(() -> storages.of("somebody-else").look(at("/flights")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("tidegate/localhost@" + KeyDistribution.REALM
                            + " is not allowed to impersonate somebody-else");
        }
    }

    private static String owner(String path) throws IOException {
        return cluster.getFileSystem()
                .getFileStatus(new org.apache.hadoop.fs.Path(path))
                .getOwner();
    }

    @Test
    void aLoginOutlivesItsTickets() throws Exception {
        folderOf("tidegate", "/long");
        try (HadoopStorages renewed = storages(SERVER);
                HadoopStorages forgotten = storages(SERVER)) {
            write(renewed.own(), "/long/first");
            write(forgotten.own(), "/long/second");
            long start = System.nanoTime();
            // Connections that idle are closed after ten seconds; a new one needs a ticket that is good.
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        renewed.renew();
                        return System.nanoTime() - start
                                > LIFETIME.multipliedBy(2).toNanos();
                    });
            write(renewed.own(), "/long/third");
            assertThat(renewed.own().look(at("/long")).files()).isEqualTo(3);
            assertThatThrownBy(() -> write(forgotten.own(), "/long/fourth")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoIsNotKnownIsToldSo() {
        try (HadoopStorages storages = storages("nobody/localhost")) {
            assertThatThrownBy(storages::own).isInstanceOf(IOException.class).hasMessageContaining("nobody/localhost");
            assertThatThrownBy(storages::renew).isInstanceOf(IOException.class);
        }
    }
}
