package io.tidegate.server.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.server.report.ApiReports;
import io.tidegate.server.report.AttemptReports;
import io.tidegate.server.secret.SecretMask;
import io.tidegate.server.testing.Waiting;
import io.tidegate.storage.StorageLocation;
import io.tidegate.storage.hadoop.HadoopSettings;
import io.tidegate.storage.hadoop.HadoopStorages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of attempts, and for how long, by a clock that the test moves. */
final class ArchivistTest {
    private static final LaunchKey KEY = new LaunchKey("flights-clean-1");
    private static final LaunchKey GOING = new LaunchKey("flights-clean-2");
    private static final Duration FOLDERS = Duration.ofDays(14);
    private static final Duration ARCHIVED = Duration.ofDays(365);

    @TempDir
    private Path folder;

    private final Map<LaunchKey, Instant> ends = new ConcurrentHashMap<>();
    private final HadoopStorages storages = new HadoopStorages(HadoopSettings.NONE, InstantSource.system());
    private volatile Instant now = InstantSource.system().instant();
    private Archivist archivist;

    /** An executor that has of each attempt what is in its folder. */
    private record FolderOutput(Path folder) implements AttemptOutput {
        private byte[] log() throws IOException {
            return Files.exists(folder.resolve("log")) ? Files.readAllBytes(folder.resolve("log")) : new byte[0];
        }

        @Override
        public long logSize() throws IOException {
            return log().length;
        }

        @Override
        public byte[] readLog(long offset, int maximumBytes) throws IOException {
            byte[] log = log();
            int start = (int) Math.min(offset, log.length);
            return Arrays.copyOfRange(log, start, Math.min(log.length, start + maximumBytes));
        }

        @Override
        public InputStream report() {
            return new ByteArrayInputStream("{\"type\":\"param\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void open() throws IOException {
        archivist = archivist(new StorageLocation(folder.resolve("archive").toString()));
        for (LaunchKey key : new LaunchKey[] {KEY, GOING}) {
            Files.createDirectories(attempt(key));
            Files.writeString(attempt(key).resolve("log"), "the log of " + key);
        }
        ends.put(KEY, now);
    }

    @AfterEach
    void close() {
        archivist.close();
        storages.close();
    }

    private Archivist archivist(StorageLocation archive) {
        return new Archivist(
                new Archivist.Attempts(
                        (executor, key) -> new FolderOutput(attempt(key)),
                        new AttemptReports(
                                new ApiReports(folder.resolve("attempts"), () -> SecretMask.NONE),
                                UnaryOperator.identity()),
                        key -> Optional.ofNullable(ends.get(key)).map(at -> new RunViews.AttemptEnd("process", at))),
                folder.resolve("attempts"),
                Optional.of(new AttemptArchive(storages, archive)),
                new Archivist.Keeping(Optional.of(FOLDERS), Optional.of(ARCHIVED)),
                () -> now);
    }

    private Path attempt(LaunchKey key) {
        return folder.resolve("attempts").resolve(key.value());
    }

    private String log(LaunchKey key) throws IOException {
        AttemptOutput output = archivist.output("process", key);
        return new String(output.readLog(0, (int) output.logSize()), StandardCharsets.UTF_8);
    }

    private boolean isArchived(LaunchKey key) {
        return Files.exists(attempt(key).resolve("archived"));
    }

    @Test
    void anEndedAttemptIsArchivedAndItsFolderGoesWhenItIsOld() throws IOException {
        archivist.ended("process", KEY);
        Waiting.until(() -> isArchived(KEY));
        assertThat(log(KEY)).isEqualTo("the log of flights-clean-1");

        now = now.plus(FOLDERS).minusSeconds(60);
        archivist.round();
        now = now.plusSeconds(120);
        archivist.round();
        Waiting.until(() -> !Files.exists(attempt(KEY)));
        assertThat(log(KEY)).isEqualTo("the log of flights-clean-1");
        AttemptOutput output = archivist.output("process", KEY);
        assertThat(output.readLog(4, 3)).asString(StandardCharsets.UTF_8).isEqualTo("log");
        try (InputStream report = output.report()) {
            assertThat(report).asString(StandardCharsets.UTF_8).isEqualTo("{\"type\":\"param\"}\n");
        }
        assertThat(attempt(GOING)).as("goes on, however old").isDirectory();
        assertThat(log(GOING)).isEqualTo("the log of flights-clean-2");
    }

    @Test
    void aLogThatItsExecutorHasLostIsReadFromTheArchive() throws IOException {
        archivist.ended("process", KEY);
        Waiting.until(() -> isArchived(KEY));
        Files.delete(attempt(KEY).resolve("log"));
        assertThat(log(KEY)).isEqualTo("the log of flights-clean-1");
    }

    @Test
    void whatWasMissedIsMadeGoodByTheNextRound() throws IOException {
        archivist.round();
        Waiting.until(() -> isArchived(KEY));
        assertThat(isArchived(GOING)).isFalse();
    }

    @Test
    void aFolderStaysUntilItIsArchived() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "no folder");
        archivist.close();
        archivist = archivist(new StorageLocation(blocked + "/archive"));
        now = now.plus(FOLDERS).plusSeconds(60);
        archivist.round();

        Files.delete(blocked);
        assertThat(attempt(KEY)).isDirectory();
        archivist.round();
        Waiting.until(() -> !Files.exists(attempt(KEY)));
        assertThat(log(KEY)).isEqualTo("the log of flights-clean-1");
    }

    @Test
    void theArchiveLetsGoOfWhatIsOld() throws IOException {
        archivist.ended("process", KEY);
        Waiting.until(() -> isArchived(KEY));
        now = now.plus(ARCHIVED).plusSeconds(60);
        archivist.round();
        Waiting.until(() -> !Files.exists(attempt(KEY)));
        Waiting.until(() -> log(KEY).isEmpty());
        assertThat(archivist.output("process", KEY).readLog(0, 10)).isEmpty();
    }

    @Test
    void whatLinksPointToStays() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("data"), "1");
        Files.createSymbolicLink(attempt(KEY).resolve("link"), outside);
        now = now.plus(FOLDERS).plusSeconds(60);
        archivist.round();
        Waiting.until(() -> !Files.exists(attempt(KEY)));
        assertThat(outside.resolve("data")).hasContent("1");
    }
}
