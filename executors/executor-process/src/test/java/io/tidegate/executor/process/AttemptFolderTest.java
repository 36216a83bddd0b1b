package io.tidegate.executor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFolderTest {
    private static final int LAUNCHES = 4;
    private static final int ROUNDS = 200;

    @TempDir
    private Path attempts;

    @Test
    void launchesThatRaceForTheFirstFolderOfANewServerAllPrepareIt() throws Exception {
        ExecutorService launches = Executors.newFixedThreadPool(LAUNCHES);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                AttemptFolder folder =
                        AttemptFolder.of(attempts.resolve("server-" + round).resolve("attempts"), new LaunchKey("one"));
                prepareAtOnce(launches, folder);

                assertThat(folder.intent()).hasContent("intent");
                assertThat(folder.specification()).hasContent("specification");
                assertThat(folder.report()).isEmptyFile();
                try (var files = Files.list(folder.path())) {
                    assertThat(files).hasSize(3);
                }
            }
        } finally {
            launches.shutdownNow();
        }
    }

    private static void prepareAtOnce(ExecutorService launches, AttemptFolder folder) throws Exception {
        CyclicBarrier start = new CyclicBarrier(LAUNCHES);
        Callable<Void> launch = () -> {
            start.await();
            folder.prepare("intent", "specification");
            return null;
        };
        List<Future<Void>> prepared = new ArrayList<>();
        for (int number = 0; number < LAUNCHES; number++) {
            prepared.add(launches.submit(launch));
        }
        for (Future<Void> each : prepared) {
            each.get();
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
        AttemptFolder folder = AttemptFolder.of(attempts, new LaunchKey("one"));
        Files.writeString(folder.path(), "not a folder");

        assertThatThrownBy(() -> folder.prepare("intent", "specification"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.path().toString());
    }
}
