package io.tidegate.executor.kubernetes;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small cluster of each test's own, and an executor for it. */
abstract class FakeClusterFixture {
    @TempDir
    Path folder;

    FakeCluster cluster;
    KubernetesExecutor executor;

    @BeforeEach
    final void open() {
        cluster = new FakeCluster(folder);
        executor = cluster.open();
    }

    @AfterEach
    final void close() {
        executor.close();
        cluster.close();
    }
}
