package io.tidegate.dag.parser;

import io.tidegate.dag.parser.library.LibraryFiles;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Libraries below the folder of a DAG file; none that a link leads to outside of it. */
final class LibraryFolder implements LibraryFiles {
    /** Where there is no folder. */
    static final LibraryFiles NONE = path -> refused(
            path, "only a DAG that lies in a folder can include libraries", "give the file instead of its text");

    private final Path dagFile;
    private final ParserLimits limits;

    LibraryFolder(Path dagFile, ParserLimits limits) {
        this.dagFile = dagFile;
        this.limits = limits;
    }

    @Override
    public Content read(String path) {
        Path file = dagFile.resolveSibling(path);
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            // A pipe would never end.
            return refused(file.toString(), "this is no regular file", "a library is a file like any other");
        }
        try {
            if (Files.exists(file) && !file.toRealPath().startsWith(folder())) {
                return refused(
                        file.toString(),
                        "a link leads out of the folder of the DAG",
                        "put the library itself into the folder");
            }
        } catch (IOException exception) {
            return refused(file.toString(), "the file cannot be read: " + exception.getMessage(), "check the disk");
        }
        FileText.Result read = FileText.read(file, limits);
        return new Content(file.toString(), read.text(), read.problems().inFileOrder());
    }

    private Path folder() throws IOException {
        return dagFile.toAbsolutePath().getParent().toRealPath();
    }

    private static Content refused(String name, String message, String suggestion) {
        Problems problems = new Problems(name, new SourceText(""));
        problems.add(Position.TOP, message, Optional.of(suggestion));
        return new Content(name, Optional.empty(), problems.inFileOrder());
    }
}
