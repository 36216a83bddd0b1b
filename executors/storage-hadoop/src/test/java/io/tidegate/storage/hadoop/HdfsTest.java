package io.tidegate.storage.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.storage.PartitionState;
import io.tidegate.storage.Storage;
import io.tidegate.storage.StorageLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real HDFS with one data node. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class HdfsTest extends StorageContract {
    private static final AtomicInteger FOLDERS = new AtomicInteger();

    @TempDir
    static Path disk;

    private static MiniDFSCluster cluster;
    private static HadoopStorages storages;

    private StorageLocation folder;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("hadoop.proxyuser." + System.getProperty("user.name") + ".hosts", "*");
        configuration.set("hadoop.proxyuser." + System.getProperty("user.name") + ".groups", "*");
        cluster = new MiniDFSCluster.Builder(configuration, disk.resolve("dfs").toFile())
                .numDataNodes(1)
                .build();
        Path site = Files.writeString(
                disk.resolve("core-site.xml"),
                "<configuration><property><name>fs.defaultFS</name><value>" + cluster.getURI()
                        + "</value></property></configuration>");
        storages =
                new HadoopStorages(new HadoopSettings(List.of(site), Optional.empty(), true), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        if (storages != null) {
            storages.close();
        }
        if (cluster != null) {
            cluster.shutdown();
        }
    }

    @BeforeEach
    void chooseFolder() {
        folder = new StorageLocation(cluster.getURI() + "/test-" + FOLDERS.incrementAndGet());
    }

    @Override
    Storage storage() throws IOException {
        return storages.own();
    }

    @Override
    StorageLocation folder() {
        return folder;
    }

    @Override
    void changedAt(StorageLocation location, Instant instant) throws IOException {
        files().setTimes(path(location), instant.toEpochMilli(), -1);
    }

    private static FileSystem files() throws IOException {
        return cluster.getFileSystem();
    }

    private static org.apache.hadoop.fs.Path path(StorageLocation location) {
        return new org.apache.hadoop.fs.Path(location.uri());
    }

    @Test
    void aFileThatIsBeingWrittenIsNotStable() throws IOException {
        StorageLocation week = folder.below("week");
        try (OutputStream writing = files().create(path(week.below("part-0")))) {
            writing.write(1);
            PartitionState during = storage().look(week);
            assertThat(during.open()).isEqualTo(1);
            assertThat(during.inWords()).contains("1 still being written");
            assertThat(during.isStable(during.newest().orElseThrow().plusSeconds(3600), Duration.ofMinutes(5)))
                    .isFalse();
        }
        PartitionState after = storage().look(week);
        assertThat(after.open()).isZero();
        assertThat(after.isStable(after.newest().orElseThrow().plusSeconds(300), Duration.ofMinutes(5)))
                .isTrue();
    }

    @Test
    void theFingerprintIsMadeOfChecksumsThatHdfsKeepsWhateverTheBlocks() throws IOException {
        byte[] content = new byte[3 << 20];
        for (long block : new long[] {1 << 20, 4 << 20}) {
            try (OutputStream file = files().create(
                            path(folder.below("blocks-of-" + block + "/part-0")), true, 4096, (short) 1, block)) {
                file.write(content);
            }
        }
        // Bounds that would not let it read the content.
        var bounds = new io.tidegate.storage.FingerprintBounds(10, 0, Duration.ofMinutes(1));
        var first = storage().fingerprint(folder.below("blocks-of-" + (1 << 20)), bounds);
        assertThat(first.orElseThrow().text()).startsWith("sha256:");
        assertThat(storage().fingerprint(folder.below("blocks-of-" + (4 << 20)), bounds))
                .isEqualTo(first);
    }

    @Test
    void theOwnerOfADagSeesWhatTheOwnerMaySee() throws IOException {
        write("private/part-0", "1");
        assertThat(storage().look(folder.below("private")).files()).isEqualTo(1);
        assertThatThrownBy(() -> storages.of("flight-models").look(folder.below("private")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Permission denied: user=flight-models");

        files().mkdirs(path(folder.below("models")));
        files().setOwner(path(folder.below("models")), "flight-models", null);
        files().setPermission(path(folder), new FsPermission((short) 0755));
        StorageLocation file = folder.below("models/part-0");
        storages.of("flight-models").write(file, new ByteArrayInputStream(new byte[] {1}));
        assertThat(files().getFileStatus(path(file)).getOwner()).isEqualTo("flight-models");
        assertThat(storages.of("").look(folder.below("models")).files()).isEqualTo(1);
        assertThat(storages.of("flight-models").knows(folder)).isTrue();
    }

    @Test
    void aClusterThatIsNotThereIsAProblemOfItsOwn() throws IOException {
        StorageLocation nowhere = new StorageLocation("hdfs://no-such-host.invalid:8020/flights");
        assertThatThrownBy(() -> storage().look(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-host.invalid");
    }
}
