package io.tidegate.dag.step;

import java.util.Objects;

/**
 * A condition in CEL (Common Expression Language), which says whether a step runs once it might.
 *
 * @param text as the author wrote it
 */
public record Condition(String text) {
    public Condition {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return text;
    }
}
