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
 * @param bounds which values of the type are allowed
 * @param description what a reader should know
 */
public record Parameter(
        String name, Type type, Optional<String> defaultValue, ParameterBounds bounds, Optional<String> description) {
    /** What a value must be. */
    public enum Type {
        STRING("a text"),
        INTEGER("a whole number"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        DATE("a date such as 2001-03-05"),
        DURATION("a duration such as 20m or PT20M"),
        /** One of some words. */
        ENUM("one of the choices"),
        /** Texts without commas, which stand between them: {@code ord,jfk}. */
        LIST("a list such as ord,jfk"),
        /** The name of one of the DAG's secrets, whose value steps get in their environment. */
        SECRET("the name of a secret");

        private final String noun;

        Type(String noun) {
            this.noun = noun;
        }

        /** The word an author writes: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What a value is, in a sentence. */
        public String noun() {
            return noun;
        }

        /** Whether values have an order, or a size, that may be bounded. */
        public boolean isBounded() {
            return this == INTEGER || this == NUMBER || this == DATE || this == DURATION || this == LIST;
        }
    }

    public Parameter {
        Names.requireIdentifier("parameter", name);
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(defaultValue, "defaultValue");
        Objects.requireNonNull(bounds, "bounds");
        Objects.requireNonNull(description, "description");
    }
}
