package io.tidegate.condition;

import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong with the text of an expression.
 *
 * @param line inside the text, from 1 on
 * @param column from 1 on, in characters (Unicode code points)
 * @param message what is wrong, for the author
 * @param suggestion the nearest right word, or what to write instead
 */
public record ExpressionProblem(int line, int column, String message, Optional<String> suggestion) {
    public ExpressionProblem {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
    }

    @Override
    public String toString() {
        return line + ":" + column + ": " + message
                + suggestion.map(text -> " (" + text + ")").orElse("");
    }
}
