package io.tidegate.server.definitions;

import io.tidegate.dag.parser.LibraryParser;
import io.tidegate.dag.parser.TestFileParser;
import io.tidegate.server.definitions.FolderListings.FileState;
import io.tidegate.server.definitions.FolderListings.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files that make one version of a DAG: its folder without hidden files, build output, tests and other DAGs, and the libraries it names. A
 * run works on a copy of them, so that nothing that happens to the originals reaches it.
 */
public final class FolderSnapshot {
    static final String LIBRARIES = ".libraries";

    /** Folders with the sample data of tests. */
    private static final String TEST_DATA = "test-data";

    private static final long MOST_BYTES = 256L << 20;
    private static final Set<String> BUILD_OUTPUT = Set.of("target", "node_modules", "__pycache__");

    private final FolderListings listings;
    private final Listing around;

    /** What only this DAG has, by name inside the snapshot: its file and its libraries. */
    private final SortedMap<String, FileState> own;

    private FolderSnapshot(FolderListings listings, Listing around, SortedMap<String, FileState> own) {
        this.listings = listings;
        this.around = around;
        this.own = own;
    }

    /** Whether a path below a DAG folder belongs to the DAG. */
    static boolean belongs(Path relative) {
        for (Path part : relative) {
            String name = part.toString();
            if (name.startsWith(".") || BUILD_OUTPUT.contains(name)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a path below a DAG folder is only there to test DAGs: a test file, or sample data. */
    static boolean isTest(Path relative) {
        return relative.toString().endsWith(TestFileParser.SUFFIX)
                || relative.startsWith(TEST_DATA)
                || relative.toString().contains("/" + TEST_DATA + "/");
    }

    /**
     * Lists the files of a DAG.
     *
     * @throws IOException when a library is missing or the folder holds too much; the message is for the author
     */
    public static FolderSnapshot of(Path dagFile, List<String> libraries) throws IOException {
        return of(dagFile, libraries, new FolderListings());
    }

    /**
     * The same for one of many DAGs.
     *
     * @param listings looks at each folder once
     */
    static FolderSnapshot of(Path dagFile, List<String> libraries, FolderListings listings) throws IOException {
        Path folder = dagFile.getParent();
        Listing around = listings.of(folder);
        SortedMap<String, FileState> own = new TreeMap<>();
        FileState found = around.dags().get(dagFile);
        own.put(dagFile.getFileName().toString(), found == null ? FileState.of(dagFile) : found);
        for (String library : libraries) {
            Path path = folder.resolve(library).normalize();
            if (!Files.isRegularFile(path)) {
                throw new IOException("library " + library + " is not there (looked for " + path
                        + "); build it, or correct the path");
            }
            own.put(LIBRARIES + "/" + path.getFileName(), FileState.of(path));
        }
        long bytes = around.bytes()
                + own.values().stream().mapToLong(FileState::size).sum();
        if (bytes > MOST_BYTES) {
            throw new IOException("the folder " + folder + " and its libraries hold " + (bytes >> 20)
                    + " MiB; a DAG may bring " + (MOST_BYTES >> 20) + " MiB. Keep data elsewhere");
        }
        return new FolderSnapshot(listings, around, own);
    }

    /** Changes when a file comes, goes or is written; cheap, and only good for asking whether to look closer. */
    String stamp() {
        StringBuilder stamp = new StringBuilder(around.stamp());
        own.forEach((name, file) -> stamp.append(file.stamp(name)));
        return stamp.toString();
    }

    /**
     * Names the content of all files: equal only as long as no byte of any has changed, whatever their times say.
     *
     * @param digestOfDagFile of the content that counts
     */
    String contents(Path dagFile, String digestOfDagFile) throws IOException {
        StringBuilder all = new StringBuilder(listings.contents(dagFile.getParent()));
        for (var file : own.entrySet()) {
            Path path = file.getValue().path();
            all.append(
                    FolderListings.line(file.getKey(), path.equals(dagFile) ? digestOfDagFile : listings.digest(path)));
        }
        return FolderListings.digest(all.toString());
    }

    /** Whether each of the names is that of a file which belongs to every DAG of the folder. */
    boolean shares(Collection<String> names) {
        return names.stream()
                .allMatch(name ->
                        around.shared().containsKey(Path.of(name).normalize().toString()));
    }

    /** Name inside the snapshot to the file it comes from. */
    private SortedMap<String, Path> files() {
        SortedMap<String, Path> files = new TreeMap<>();
        around.shared().forEach((name, file) -> files.put(name, file.path()));
        own.forEach((name, file) -> files.put(name, file.path()));
        return files;
    }

    /**
     * SHA-256 of each file whose content has a meaning for runs: all but documentation, and DAG and library files, whose meaning is in the
     * DAG's canonical form.
     */
    SortedMap<String, String> digests(Path dagFile) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        for (var file : files().entrySet()) {
            if (hasMeaning(file.getKey()) && !file.getValue().equals(dagFile)) {
                digests.put(file.getKey(), listings.digest(file.getValue()));
            }
        }
        return digests;
    }

    /** The same for a snapshot that was taken earlier, its libraries included. */
    static SortedMap<String, String> digestsOf(Path snapshot) throws IOException {
        FolderListings read = new FolderListings();
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> found = Files.walk(snapshot)) {
            for (Path file : found.filter(path -> Files.isRegularFile(path)).toList()) {
                String name = snapshot.relativize(file).toString();
                if (hasMeaning(name)) {
                    digests.put(name, read.digest(file));
                }
            }
        }
        return digests;
    }

    private static boolean hasMeaning(String name) {
        return !name.endsWith(".md") && !name.endsWith(DagFiles.SUFFIX) && !name.endsWith(LibraryParser.SUFFIX);
    }

    /** Copies the files to a folder, which appears whole or not at all. Does nothing when it is there. */
    public void copyTo(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return;
        }
        Path temporary = Files.createTempDirectory(Files.createDirectories(target.getParent()), ".new");
        for (var file : files().entrySet()) {
            Path copy = temporary.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.copy(file.getValue(), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException problem) {
            delete(temporary);
            if (!Files.isDirectory(target)) {
                throw problem;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
