package io.tidegate.dag.parser.text;

import io.tidegate.dag.name.Names;
import io.tidegate.dag.parser.problem.Excerpt;
import java.util.Locale;
import java.util.function.Function;

/** Names that an author gives. */
public final class Identifiers {
    /** The notation as a regular expression, for the schema; the length is a keyword of its own. */
    public static final String PATTERN = "^[a-z][a-z0-9]*([_-][a-z0-9]+)*$";

    private Identifiers() {}

    /**
     * A grammar for names of one sort.
     *
     * @param what the sort, for messages
     * @param make makes the value of a legal name
     */
    public static <T> Grammar<T> of(String what, Function<String, T> make) {
        return text -> make.apply(read(what, text));
    }

    private static String read(String what, String text) throws TextException {
        if (Names.isIdentifier(text)) {
            return text;
        }
        try {
            return Names.requireIdentifier(what, Excerpt.shortened(text));
        } catch (IllegalArgumentException exception) {
            throw new TextException(exception.getMessage(), likely(text));
        }
    }

    private static String likely(String text) {
        if (text.length() > 2 * Names.MAXIMUM_LENGTH) {
            return "";
        }
        String guess = text.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]+", "-")
                .replaceAll("[_-]*_[_-]*", "_")
                .replaceAll("^[^a-z]+|[_-]+$", "");
        return Names.isIdentifier(guess) ? "did you mean '" + guess + "'?" : "";
    }
}
