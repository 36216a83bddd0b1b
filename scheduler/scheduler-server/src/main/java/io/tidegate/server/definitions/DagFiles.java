package io.tidegate.server.definitions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds DAG files: {@code *.dag.yaml} anywhere below the given folders, in folders that are not hidden and not build output. */
public final class DagFiles {
    /** How a DAG file's name ends. */
    public static final String SUFFIX = ".dag.yaml";

    private static final int DEEPEST = 8;

    private DagFiles() {}

    /** All DAG files below the folders, or the path itself when it is a file, sorted. */
    public static List<Path> below(List<Path> folders) {
        return below(folders, SUFFIX);
    }

    /** The same for files whose names end in another way. */
    public static List<Path> below(List<Path> folders, String suffix) {
        return folders.stream()
                .flatMap(folder -> in(folder, suffix).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * All DAG files below one folder.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    static List<Path> in(Path folder) {
        return in(folder, SUFFIX);
    }

    private static List<Path> in(Path folder, String suffix) {
        if (Files.isRegularFile(folder)) {
            return List.of(folder.toAbsolutePath().normalize());
        }
        try (Stream<Path> files = Files.find(
                folder,
                DEEPEST,
                (path, attributes) -> attributes.isRegularFile()
                        && path.getFileName().toString().endsWith(suffix)
                        && FolderSnapshot.belongs(folder.relativize(path)))) {
            return files.map(path -> path.toAbsolutePath().normalize()).toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(
                    "DAG folder " + folder + " cannot be read: " + problem.getMessage(), problem);
        } catch (UncheckedIOException problem) {
            throw new UncheckedIOException(
                    "DAG folder " + folder + " cannot be read: "
                            + problem.getCause().getMessage(),
                    problem.getCause());
        }
    }
}
