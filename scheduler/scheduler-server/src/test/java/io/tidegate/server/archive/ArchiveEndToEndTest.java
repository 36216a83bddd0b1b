package io.tidegate.server.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.home.FolderTree;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logs that outlive their folders, in a whole server. */
final class ArchiveEndToEndTest {
    private static final Path ARCHIVE = temporary();

    @RegisterExtension
    static final TestServer SERVER = TestServer.with()
            .configured("attempts: { keep: 1s }\narchive: { uri: \"" + ARCHIVE.toUri() + "\", keep: 30d }\n");

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tidegate-archive");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @AfterAll
    static void delete() {
        FolderTree.delete(ARCHIVE);
    }

    private static List<Path> archived() throws IOException {
        try (Stream<Path> files = Files.walk(ARCHIVE)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The round at the start of a server does what those of every hour do. */
    private static void restart(Path attempt) throws Exception {
        FileTime changed = Files.getLastModifiedTime(attempt);
        InstantSource clock = InstantSource.system();
        Waiting.until(() -> clock.instant().isAfter(changed.toInstant().plus(Duration.ofSeconds(1))));
        SERVER.stop();
        SERVER.start();
    }

    private static void age(List<Path> files, Duration age) throws IOException {
        for (Path file : files) {
            Files.setLastModifiedTime(
                    file, FileTime.from(InstantSource.system().instant().minus(age)));
        }
    }

    @Test
    void aLogIsReadFromTheArchiveOnceItsFolderIsGone() throws Exception {
        SERVER.declare("words", """
                dag: words
                steps:
                  say:
                    kind: task
                    command: [sh, -c, 'echo first; echo second; echo "{\\"type\\":\\"metric\\",\\"name\\":\\"m\\",\\"value\\":1}" > "$TIDEGATE_OUTPUT"']
                """);
        String run = SERVER.api().run("words", "{}");
        JsonNode ended = SERVER.api().ended(run);
        assertThat(ended.path("summary").path("state").asText()).isEqualTo("succeeded");
        String key = SERVER.api()
                .step(run, "say")
                .path("attempts")
                .path(0)
                .path("launch_key")
                .asText();
        Path attempt = SERVER.home().resolve("attempts").resolve(key);
        Waiting.until(() -> Files.exists(attempt.resolve("archived")));
        assertThat(archived())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(key + ".log", key + ".report.jsonl");

        restart(attempt);
        Waiting.until(() -> !Files.exists(attempt));
        assertThat(SERVER.api().log(run, "say", 1)).isEqualTo("first\nsecond\n");
        JsonNode tail = SERVER.api()
                .get("/runs/" + run + "/steps/say/attempts/1/log?offset=-7")
                .body();
        assertThat(tail.path("text").asText()).isEqualTo("second\n");
        assertThat(tail.path("size").asLong()).isEqualTo(13);

        age(archived(), Duration.ofDays(31));
        SERVER.stop();
        SERVER.start();
        Waiting.until(() -> archived().isEmpty());
        assertThat(SERVER.api().log(run, "say", 1)).isEmpty();
    }
}
