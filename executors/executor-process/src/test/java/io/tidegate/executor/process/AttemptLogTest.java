package io.tidegate.executor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttemptLogTest {
    @TempDir
    private Path folder;

    private String read(long offset, int maximum) throws IOException {
        return new String(new AttemptLog(new AttemptFolder(folder)).read(offset, maximum), StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void stretchesOfAShortLogAreReadByOffset() throws IOException {
        write("log", "0123456789");

        assertThat(read(0, 100)).isEqualTo("0123456789");
        assertThat(read(3, 4)).isEqualTo("3456");
        assertThat(read(8, 4)).isEqualTo("89");
        assertThat(read(10, 4)).isEmpty();
        assertThat(read(1000, 4)).isEmpty();
        assertThat(read(0, 0)).isEmpty();
    }

    @Test
    void theMarkerCountsWhatIsLeftOut() throws IOException {
        write("log", "head");
        write("log.10", "tenth");
        write("log.9", "ninth");
        write("log.11", "last");
        write("log.txt", "not a segment");

        String all = read(0, 1000);

        assertThat(all).startsWith("head\n[tidegate: the log is too long;").endsWith("left out here]\nninthtenthlast");
        assertThat(all).contains(" 4,135 bytes");
        assertThat(new AttemptLog(new AttemptFolder(folder)).size()).isEqualTo(all.length());
        for (int offset = 0; offset < all.length(); offset++) {
            assertThat(read(offset, 7)).isEqualTo(all.substring(offset, Math.min(all.length(), offset + 7)));
        }
    }
}
