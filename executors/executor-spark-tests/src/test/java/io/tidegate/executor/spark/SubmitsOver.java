package io.tidegate.executor.spark;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Waits until no submit of a test runs any more: its application may have ended before it, and the test's folder is about to go. */
final class SubmitsOver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SubmitsOver() {}

    static void awaitAll(Path attempts) {
        await("the submits' ends").atMost(PATIENCE).until(() -> areOver(attempts));
    }

    private static boolean areOver(Path attempts) throws IOException {
        if (!Files.isDirectory(attempts)) {
            return true;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(attempts)) {
            for (Path folder : folders) {
                if (Files.exists(folder.resolve("started"))
                        && !Files.exists(folder.resolve("exit"))
                        && isAlive(folder)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isAlive(Path folder) throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("started")).split(" ", 2)[0]);
        return ProcessHandle.of(pid).isPresent();
    }
}
