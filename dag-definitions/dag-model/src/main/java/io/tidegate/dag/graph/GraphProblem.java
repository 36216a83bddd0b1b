package io.tidegate.dag.graph;

import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong with a definition.
 *
 * @param rule which rule is broken
 * @param path where, as keys from the top of the definition joined by dots, for example {@code steps.features.inputs.1}
 * @param message what is wrong, for the author
 * @param suggestion the nearest right word, or what to do
 */
public record GraphProblem(Rule rule, String path, String message, Optional<String> suggestion) {
    /** What the checks are about. */
    public enum Rule {
        /** Names that must resolve and be unique, places that must not be shared. */
        NAMES,
        /** Steps must not wait for each other in a circle. */
        ORDER,
        /** What may be computed from what. */
        DATA_CLASSES,
        /** What has a partition for each interval. */
        PARTITIONS,
        /** Who makes and who publishes a model. */
        MODELS
    }

    public GraphProblem {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
    }

    static GraphProblem of(Rule rule, String path, String message) {
        return new GraphProblem(rule, path, message, Optional.empty());
    }

    static GraphProblem of(Rule rule, String path, String message, String suggestion) {
        return new GraphProblem(rule, path, message, Optional.of(suggestion));
    }
}
