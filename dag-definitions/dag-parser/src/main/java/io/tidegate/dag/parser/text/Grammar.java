package io.tidegate.dag.parser.text;

/** Reads one notation. */
@FunctionalInterface
public interface Grammar<T> {
    /** @throws TextException when the text is not in this notation */
    T read(String text) throws TextException;
}
