package io.tidegate.server.dagtest;

import io.tidegate.dag.parser.TestFileParser;
import io.tidegate.server.definitions.DagFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds test files: {@code *.test.yaml} anywhere below the given folders, in folders that are not hidden and not build output. */
public final class TestFiles {
    private TestFiles() {}

    /**
     * All test files below the paths, sorted, named from the working folder where they lie below it. A path that is a file stands for itself, a
     * DAG file for the test file beside it, if there is one.
     */
    public static List<Path> below(List<Path> paths) {
        Path here = Path.of("").toAbsolutePath();
        List<Path> there =
                paths.stream().map(TestFiles::tests).filter(Files::exists).toList();
        return DagFiles.below(there, TestFileParser.SUFFIX).stream()
                .map(file -> file.startsWith(here) ? here.relativize(file) : file)
                .toList();
    }

    private static Path tests(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(DagFiles.SUFFIX)
                ? path.resolveSibling(
                        name.substring(0, name.length() - DagFiles.SUFFIX.length()) + TestFileParser.SUFFIX)
                : path;
    }
}
