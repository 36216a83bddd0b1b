package io.tidegate.dag.parser.problem;

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
 */
public record Problem(
        String file, int line, int column, String message, Optional<String> suggestion, String sourceLine) {
    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
        Objects.requireNonNull(sourceLine, "sourceLine");
    }
}
