package io.tidegate.server.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void aFolderServesOneServerAtATime() throws IOException {
        Path folder = temporary.resolve("home");
        try (HomeFolder first = HomeFolder.open(folder)) {
            new ServerFile("http://127.0.0.1:8080", 4711).write(first.root());

            assertThatThrownBy(() -> HomeFolder.open(folder))
                    .isInstanceOf(HomeFolderException.class)
                    .hasMessage(
                            "home folder " + folder
                                    + " is in use by another Tidegate server (process 4711, http://127.0.0.1:8080); stop it, or choose another folder with --home");
        }
        HomeFolder.open(folder).close();
    }

    @Test
    void aFileInItsPlaceIsSaidSo() throws IOException {
        Path file = Files.writeString(temporary.resolve("home"), "");

        assertThatThrownBy(() -> HomeFolder.open(file))
                .isInstanceOf(HomeFolderException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("--home");
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidSo() {
        assertThatThrownBy(() -> HomeFolder.open(Path.of("/proc/tidegate-home")))
                .isInstanceOf(HomeFolderException.class)
                .hasMessageContaining("/proc/tidegate-home")
                .hasMessageContaining("choose another folder with --home");
    }

    @Test
    void clientsFindTheServerThroughItsNote() throws IOException {
        new ServerFile("http://127.0.0.1:9000", 1).write(temporary);

        assertThat(ServerFile.read(temporary)).contains(new ServerFile("http://127.0.0.1:9000", 1));
        ServerFile.remove(temporary);
        assertThat(ServerFile.read(temporary)).isEmpty();
    }

    @Test
    void aHalfWrittenNoteIsNoServer() throws IOException {
        Files.writeString(temporary.resolve("server.json"), "{\"addr");

        assertThat(ServerFile.read(temporary)).isEmpty();
    }
}
