package io.tidegate.condition;

import java.util.Optional;

/** What an expression came to. */
public sealed interface Evaluation<T> {
    /** Its value. */
    record Value<T>(T value) implements Evaluation<T> {}

    /**
     * There is no value.
     *
     * @param message a sentence for the author, which names the variable or field where one is to blame
     */
    record Failed<T>(Cause cause, String message) implements Evaluation<T> {}

    /** Why there is no value. */
    enum Cause {
        /** A variable, field or element that the expression needs is not there, perhaps not yet. */
        MISSING,
        /** A variable, field or result is of a type that it should not be of. */
        WRONG_TYPE,
        /** The expression took more turns than are allowed. */
        TOO_COSTLY,
        /** Anything else, such as a division by zero. */
        OTHER
    }

    /** The value; empty when there is none. */
    default Optional<T> result() {
        return this instanceof Value<T> found ? Optional.of(found.value()) : Optional.empty();
    }
}
