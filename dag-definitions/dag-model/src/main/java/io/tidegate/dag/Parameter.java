package io.tidegate.dag;

import io.tidegate.dag.name.Names;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A value a run may be given.
 *
 * @param type what the value must be
 * @param defaultValue used when the run gives none; without one the run must
 * @param minimum smallest number allowed
 * @param maximum largest number allowed
 * @param description what a reader should know
 */
public record Parameter(
        String name,
        Type type,
        Optional<String> defaultValue,
        Optional<Double> minimum,
        Optional<Double> maximum,
        Optional<String> description) {
    /** What a value must be. */
    public enum Type {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        DATE,
        DURATION;

        /** The word an author writes: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Parameter {
        Names.requireIdentifier("parameter", name);
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(defaultValue, "defaultValue");
        Objects.requireNonNull(minimum, "minimum");
        Objects.requireNonNull(maximum, "maximum");
        Objects.requireNonNull(description, "description");
    }
}
