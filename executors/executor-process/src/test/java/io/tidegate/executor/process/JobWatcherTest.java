package io.tidegate.executor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of which the launcher tells, at any time before or after somebody wants to know. */
final class JobWatcherTest {
    private static final LaunchKey KEY = new LaunchKey("one");

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path folder;

    private JobWatcher watcher;

    @BeforeEach
    void open() {
        Attempts attempts = new Attempts(folder);
        Stopper stopper = new Stopper(attempts, new ProcessTable(folder), Duration.ofSeconds(1), thread);
        watcher = new JobWatcher(attempts, stopper, Duration.ofMillis(1), Duration.ofSeconds(1), thread);
        watcher.started(KEY);
    }

    @AfterEach
    void close() {
        thread.shutdownNow();
    }

    @Test
    void anEndBeforeTheWatchIsToldAtOnceWithoutALookAtAnyFile() {
        watcher.ended(KEY, 7);
        List<Observation> heard = new ArrayList<>();

        watcher.watch(KEY, (key, observation) -> heard.add(observation));

        assertThat(heard).containsExactly(ExitMessages.ended(7));
    }

    @Test
    void anEndThatTheFolderTellsTooIsToldOnce() throws Exception {
        endedInItsFolder();
        RecordingListener listener = new RecordingListener();

        watcher.watch(KEY, listener);
        watcher.ended(KEY, 7);

        assertThat(listener.awaitEnd().exitCode()).hasValue(7);
        // Whatever else would tell of it has had its turn.
        thread.submit(() -> {}).get(10, TimeUnit.SECONDS);
        assertThat(listener.ends()).hasSize(1);
    }

    private void endedInItsFolder() throws IOException {
        AttemptFolder attempt = AttemptFolder.of(folder, KEY);
        attempt.make();
        Files.writeString(attempt.started(), "1 1 another-boot\n");
        Files.writeString(attempt.exit(), "7\n");
    }
}
