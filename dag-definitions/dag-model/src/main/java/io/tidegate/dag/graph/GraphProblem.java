package io.tidegate.dag.graph;

import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong with a definition.
 *
 * @param path where, as keys from the top of the definition joined by dots, for example {@code steps.features.inputs.1}
 * @param message what is wrong, for the author
 * @param suggestion the nearest right word, or what to do
 */
public record GraphProblem(String path, String message, Optional<String> suggestion) {
    public GraphProblem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
    }

    static GraphProblem of(String path, String message) {
        return new GraphProblem(path, message, Optional.empty());
    }

    static GraphProblem of(String path, String message, Optional<String> suggestion) {
        return new GraphProblem(path, message, suggestion);
    }
}
