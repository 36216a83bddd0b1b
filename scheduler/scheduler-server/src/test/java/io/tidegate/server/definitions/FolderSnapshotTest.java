package io.tidegate.server.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderSnapshotTest {
    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve("dags").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void testsAndTheirDataAreNoPartOfAVersion() throws IOException {
        Path dag = write("a.dag.yaml", "dag: a");
        write("land.sh", "echo landed");
        Map<String, String> before = FolderSnapshot.of(dag, List.of()).digests(dag);
        write("a.test.yaml", "cases: {}");
        write("test-data/rows.csv", "a,b");
        write("more/test-data/rows.csv", "a,b");

        FolderSnapshot snapshot = FolderSnapshot.of(dag, List.of());
        snapshot.copyTo(folder.resolve("copy"));

        assertThat(snapshot.digests(dag)).isEqualTo(before).containsOnlyKeys("land.sh");
        assertThat(folder.resolve("copy/land.sh")).hasContent("echo landed");
        assertThat(folder.resolve("copy/a.test.yaml")).doesNotExist();
        assertThat(folder.resolve("copy/test-data")).doesNotExist();
        assertThat(folder.resolve("copy/more")).doesNotExist();
    }
}
