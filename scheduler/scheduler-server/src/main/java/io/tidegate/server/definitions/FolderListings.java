package io.tidegate.server.definitions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What lies in the folders of DAGs, each looked at once and read once, however many DAGs it has. For one scan of the files; thread-safe. */
final class FolderListings {
    private final Map<Path, Listing> known = new ConcurrentHashMap<>();
    private final Map<Path, String> digests = new ConcurrentHashMap<>();
    private final Map<Path, String> contents = new ConcurrentHashMap<>();

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

    /** SHA-256 of a file's content. */
    String digest(Path file) throws IOException {
        try {
            return digests.computeIfAbsent(file, FolderListings::readDigest);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** SHA-256 over names and contents of what belongs to every DAG of the folder. */
    String contents(Path folder) throws IOException {
        String present = contents.get(folder);
        if (present == null) {
            StringBuilder all = new StringBuilder();
            for (var file : of(folder).shared().entrySet()) {
                all.append(line(file.getKey(), digest(file.getValue().path())));
            }
            present = digest(all.toString());
            contents.put(folder, present);
        }
        return present;
    }

    /** No name has a character 0. */
    static String line(String name, String digest) {
        return name + '\0' + digest + '\n';
    }

    private static String readDigest(Path file) {
        try {
            return digestNow(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** SHA-256 of a file's content at this moment, whatever was read of it earlier in the scan. */
    static String digestNow(Path file) throws IOException {
        try (DigestInputStream stream = new DigestInputStream(Files.newInputStream(file), sha256())) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
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

    static String digest(String text) {
        return digest(text.getBytes(UTF_8));
    }

    static String digest(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
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
