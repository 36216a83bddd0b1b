package io.tidegate.dag.parser.problem;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong with a file.
 *
 * @param file the file's name, as it was given to the parser
 * @param line from 1 on
 * @param column from 1 on, in characters
 * @param message what is wrong
 * @param suggestion the nearest right word, or what to do
 * @param sourceLine the whole line, as it stands in the file; empty when the file could not be read
 * @param uses where the file was used, when it is a library: the use nearest to it first, the one in the DAG last
 */
public record Problem(
        String file,
        int line,
        int column,
        String message,
        Optional<String> suggestion,
        String sourceLine,
        List<Place> uses) {
    /** A place in a file; both numbers from 1 on. */
    public record Place(String file, int line, int column) {
        public Place {
            Objects.requireNonNull(file, "file");
        }

        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
        Objects.requireNonNull(sourceLine, "sourceLine");
        uses = List.copyOf(uses);
    }
}
