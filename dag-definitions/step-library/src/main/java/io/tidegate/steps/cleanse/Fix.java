package io.tidegate.steps.cleanse;

import java.util.Objects;

/** How a bad value is mended before it is judged again. */
public sealed interface Fix {
    /** A change that needs no value. */
    enum Simple implements Fix {
        /** Blanks at both ends go. */
        TRIM,
        UPPER,
        LOWER,
        /** A value beyond its range becomes the bound. */
        CLAMP
    }

    /** The value is replaced by a fixed one. */
    record Value(String replacement) implements Fix {
        public Value {
            Objects.requireNonNull(replacement, "replacement");
        }
    }
}
