package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gives the text of library files. */
public interface LibraryFiles {
    /**
     * What a file holds.
     *
     * @param name the file's name in problems
     * @param text empty when it could not be read, which the problems tell
     */
    record Content(String name, Optional<String> text, List<Problem> problems) {
        public Content {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(text, "text");
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a file.
     *
     * @param path below the DAG's folder, without {@code ..}
     */
    Content read(String path);
}
