package io.tidegate.server.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder with everything in it. */
public final class FolderTree {
    private FolderTree() {}

    /**
     * Deletes it. Links are deleted, not followed.
     *
     * @throws UncheckedIOException when something of it cannot be deleted
     */
    public static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
