package io.tidegate.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildTest {
    @TempDir
    private Path folder;

    @Test
    void anotherJarIsAnotherBuildAndAFolderOfClassesIsNone() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "a");
        Path other = Files.writeString(folder.resolve("b.jar"), "b");
        String classPath = jar + File.pathSeparator + other;

        Optional<String> build = Build.fingerprint(classPath);

        assertThat(build).isPresent().isEqualTo(Build.fingerprint(classPath));
        Files.setLastModifiedTime(other, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        assertThat(Build.fingerprint(classPath)).isPresent().isNotEqualTo(build);
        assertThat(Build.fingerprint(classPath + File.pathSeparator + folder)).isEmpty();
    }
}
