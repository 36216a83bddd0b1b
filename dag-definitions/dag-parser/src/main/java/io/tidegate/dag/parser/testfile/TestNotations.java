package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.LocatedType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.text.Words;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Types of values that several tables of a test file use. */
final class TestNotations {
    /** Any single value, as it is written. */
    static final TextType<String> TEXT = TextType.asWritten("a single value", text -> text);

    /** How long something takes; nothing at all is allowed. */
    static final TextType<Duration> DURATION =
            TextType.of("a duration such as 20m", Durations.PATTERN, Durations.withLikelyUnit("m"));

    private static final int LONGEST_NAME = 200;
    private static final Map<String, Object> NAME_SCHEMA = Map.of("minLength", 1);

    private TestNotations() {}

    /** The constants of an enumeration by their words, in lower case. */
    static <E extends Enum<E>> TextType<E> words(String what, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> words.put(constant.name().toLowerCase(Locale.ROOT), constant));
        return TextType.word(what, words.keySet(), Words.of(what, words));
    }

    /** A fixed set of words that stand for themselves. */
    static TextType<String> words(String what, String... words) {
        Map<String, String> known = new LinkedHashMap<>();
        Arrays.stream(words).forEach(word -> known.put(word, word));
        return TextType.word(what, known.keySet(), Words.of(what, known));
    }

    /**
     * Values by names. Whether there are such names only the DAG tells.
     *
     * @param noun what it is, for messages: {@code a mapping of step names}
     */
    static <T> ValueType<Map<String, Optional<T>>> byName(String noun, ValueType<T> value) {
        return new MapType<>(noun, TestNotations::name, NAME_SCHEMA, value);
    }

    /** The same, each value with the place of its name. */
    static <T> ValueType<Map<String, Optional<Located<T>>>> locatedByName(String noun, ValueType<T> value) {
        return byName(noun, new LocatedType<>(value));
    }

    /** What could be read of values by name. */
    static <T> Map<String, T> readable(Optional<Map<String, Optional<T>>> values) {
        return readable(values, Function.identity());
    }

    static <T, R> Map<String, R> readable(Optional<Map<String, Optional<T>>> values, Function<T, R> make) {
        Map<String, R> readable = new LinkedHashMap<>();
        values.orElse(Map.of())
                .forEach((name, value) -> value.ifPresent(found -> readable.put(name, make.apply(found))));
        return readable;
    }

    private static String name(String text) throws TextException {
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            throw new TextException(
                    Excerpt.quoted(text) + " is not a name; a name has 1 to " + LONGEST_NAME + " characters");
        }
        return text;
    }
}
