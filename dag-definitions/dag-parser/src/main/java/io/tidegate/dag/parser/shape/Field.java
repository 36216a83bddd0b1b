package io.tidegate.dag.parser.shape;

import java.util.Objects;

/**
 * A key of a mapping.
 *
 * @param type what its value may be
 * @param required whether the mapping must have it
 * @param description what it means, in a sentence
 * @param example the field as an author would write it, on one line
 */
public record Field<T>(String name, ValueType<T> type, boolean required, String description, String example) {
    public Field {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(example, "example");
    }

    public static <T> Field<T> required(String name, ValueType<T> type, String description, String example) {
        return new Field<>(name, type, true, description, example);
    }

    public static <T> Field<T> optional(String name, ValueType<T> type, String description, String example) {
        return new Field<>(name, type, false, description, example);
    }
}
