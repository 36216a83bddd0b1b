package io.tidegate.server.archive;

import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The folders of attempts on this machine, as far as keeping and deleting them goes. Thread-safe. */
final class AttemptFolders {
    private static final String ARCHIVED = "archived";

    private final Path attempts;

    AttemptFolders(Path attempts) {
        this.attempts = attempts;
    }

    /** The attempts that have a folder, in no order. Somebody's own folder among ours is left alone. */
    List<LaunchKey> keys() throws IOException {
        try (Stream<Path> folders = Files.list(attempts)) {
            return folders.filter(Files::isDirectory)
                    .flatMap(folder -> LaunchKey.of(folder.getFileName().toString()).stream())
                    .toList();
        }
    }

    boolean exists(LaunchKey key) {
        return Files.isDirectory(folder(key));
    }

    boolean isArchived(LaunchKey key) {
        return Files.exists(folder(key).resolve(ARCHIVED));
    }

    /** Notes that everything of the attempt is in the archive. */
    void markArchived(LaunchKey key) throws IOException {
        if (exists(key)) {
            Files.writeString(folder(key).resolve(ARCHIVED), "");
        }
    }

    /** Whether a file came or went after an instant: a cheap question that spares one to the database. */
    boolean changedAfter(LaunchKey key, Instant instant) throws IOException {
        return Files.getLastModifiedTime(folder(key)).toInstant().isAfter(instant);
    }

    /** Deletes a folder. What links in it point to stays. */
    void delete(LaunchKey key) throws IOException {
        Files.walkFileTree(folder(key), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Path folder(LaunchKey key) {
        return attempts.resolve(key.value());
    }
}
