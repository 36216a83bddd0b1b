package io.tidegate.dag.parser.text;

import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.parser.problem.Excerpt;
import java.util.Map;
import java.util.Set;

/** A fixed set of words, each with its value. */
public final class Words {
    private Words() {}

    /**
     * A grammar that knows these words only.
     *
     * @param what what the words are, for messages: {@code a data class}
     * @param values words in the order in which they are told
     */
    public static <T> Grammar<T> of(String what, Map<String, T> values) {
        return text -> {
            T value = values.get(text);
            if (value == null) {
                throw new TextException(
                        Excerpt.quoted(text) + " is not " + what + "; " + what + " is one of "
                                + String.join(", ", values.keySet()),
                        nearest(text, values.keySet()));
            }
            return value;
        };
    }

    /** {@code did you mean 'x'?}, or empty text. */
    public static String nearest(String text, Set<String> words) {
        return NearestName.of(text, words)
                .map(word -> "did you mean '" + word + "'?")
                .orElse("");
    }
}
