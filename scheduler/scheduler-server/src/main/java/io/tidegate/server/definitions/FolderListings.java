package io.tidegate.server.definitions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What lies in the folders of DAGs, each looked at once, however many DAGs it has. For one scan of the files; thread-safe. */
final class FolderListings {
    private final Map<Path, Listing> known = new ConcurrentHashMap<>();

    /** A file as it was found. */
    record FileState(Path path, long size, FileTime modified) {
        static FileState of(Path path) throws IOException {
            return of(path, Files.readAttributes(path, BasicFileAttributes.class));
        }

        private static FileState of(Path path, BasicFileAttributes attributes) {
            return new FileState(path, attributes.size(), attributes.lastModifiedTime());
        }

        /** Changes when the file is written; cheap, and only good for asking whether to look closer. */
        String stamp(String name) {
            return name + '|' + size + '|' + modified + '\n';
        }
    }

    /**
     * The files of one folder and of those below it.
     *
     * @param shared what belongs to every DAG of the folder, by name relative to it
     * @param dags the DAG files
     * @param bytes of the shared files
     * @param stamp changes when a shared file comes, goes or is written
     */
    record Listing(SortedMap<String, FileState> shared, Map<Path, FileState> dags, long bytes, String stamp) {}

    /** @throws IOException when the folder cannot be read */
    Listing of(Path folder) throws IOException {
        try {
            return known.computeIfAbsent(folder, FolderListings::list);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static Listing list(Path folder) {
        SortedMap<String, FileState> shared = new TreeMap<>();
        Map<Path, FileState> dags = new HashMap<>();
        try {
            Files.walkFileTree(folder, new Visitor(folder, shared, dags));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        StringBuilder stamp = new StringBuilder();
        shared.forEach((name, file) -> stamp.append(file.stamp(name)));
        long bytes = shared.values().stream().mapToLong(FileState::size).sum();
        return new Listing(shared, dags, bytes, shared.isEmpty() ? "" : digest(stamp.toString()));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final SortedMap<String, FileState> shared;
        private final Map<Path, FileState> dags;

        Visitor(Path folder, SortedMap<String, FileState> shared, Map<Path, FileState> dags) {
            this.folder = folder;
            this.shared = shared;
            this.dags = dags;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
            return found.equals(folder) || FolderSnapshot.belongs(folder.relativize(found))
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path relative = folder.relativize(file);
            if (!FolderSnapshot.belongs(relative) || FolderSnapshot.isTest(relative) || !isRegular(file, attributes)) {
                return FileVisitResult.CONTINUE;
            }
            // Of a link the walk tells only what the link itself is.
            FileState state = attributes.isSymbolicLink() ? FileState.of(file) : FileState.of(file, attributes);
            if (file.getFileName().toString().endsWith(DagFiles.SUFFIX)) {
                dags.put(file, state);
            } else {
                shared.put(relative.toString(), state);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isRegular(Path file, BasicFileAttributes attributes) {
            return attributes.isRegularFile() || (attributes.isSymbolicLink() && Files.isRegularFile(file));
        }
    }
}
