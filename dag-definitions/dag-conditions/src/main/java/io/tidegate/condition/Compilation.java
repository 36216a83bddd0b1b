package io.tidegate.condition;

import java.util.List;

/** What comes of the text of an expression. */
public sealed interface Compilation<T> {
    /** An expression that can be evaluated. */
    record Compiled<T>(Expression<T> expression) implements Compilation<T> {}

    /** @param problems at least one, in the order of the text */
    record Refused<T>(List<ExpressionProblem> problems) implements Compilation<T> {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** The problems; none when there is an expression. */
    default List<ExpressionProblem> problems() {
        return this instanceof Refused<T> refused ? refused.problems() : List.of();
    }

    /**
     * The expression, where it is known that there is one.
     *
     * @throws IllegalArgumentException when there are problems; the message holds them
     */
    default Expression<T> expression() {
        if (this instanceof Compiled<T> compiled) {
            return compiled.expression();
        }
        throw new IllegalArgumentException(problems().toString());
    }
}
