package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Text in some notation. */
public final class TextType<T> implements ValueType<T> {
    private final String noun;
    private final Grammar<T> grammar;
    private final Map<String, Object> keywords;
    private final boolean asWritten;

    private TextType(String noun, Grammar<T> grammar, Map<String, Object> keywords, boolean asWritten) {
        this.noun = noun;
        this.grammar = grammar;
        this.keywords = keywords;
        this.asWritten = asWritten;
    }

    /**
     * Text in a notation that a regular expression describes.
     *
     * @param noun what it is, for messages: {@code a duration such as 20m}
     */
    public static <T> TextType<T> of(String noun, String pattern, Grammar<T> grammar) {
        return new TextType<>(noun, grammar, Schemas.of("type", "string", "pattern", pattern), false);
    }

    /** A name that an author gives. */
    public static <T> TextType<T> identifier(String noun, String pattern, int longest, Grammar<T> grammar) {
        return new TextType<>(
                noun, grammar, Schemas.of("type", "string", "pattern", pattern, "maxLength", longest), false);
    }

    /** Text in a notation that only the grammar knows. */
    public static <T> TextType<T> of(String noun, Grammar<T> grammar) {
        return new TextType<>(noun, grammar, Schemas.of("type", "string", "minLength", 1), false);
    }

    /** One of some words. */
    public static <T> TextType<T> word(String noun, Set<String> words, Grammar<T> grammar) {
        return new TextType<>(noun, grammar, Schemas.of("enum", List.copyOf(words)), false);
    }

    /** One of some words, or text in a notation that a regular expression describes. */
    public static <T> TextType<T> wordOr(String noun, Set<String> words, String pattern, Grammar<T> grammar) {
        return new TextType<>(
                noun,
                grammar,
                Schemas.of(
                        "anyOf",
                        List.of(
                                Schemas.of("enum", List.copyOf(words)),
                                Schemas.of("type", "string", "pattern", pattern))),
                false);
    }

    /** Any single value, taken as it is written: {@code 1.10} stays {@code 1.10}, {@code no} stays {@code no}. */
    public static <T> TextType<T> asWritten(String noun, Grammar<T> grammar) {
        return new TextType<>(noun, grammar, Schemas.of("type", List.of("string", "number", "boolean")), true);
    }

    @Override
    public Optional<T> read(YamlNode node, Reading reading) {
        return readScalar(node, reading).map(Read::value);
    }

    /** A value and the scalar that it was read from. */
    record Read<T>(YamlNode.Scalar scalar, T value) {}

    Optional<Read<T>> readScalar(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.meaning() == ScalarMeaning.NOTHING) {
            reading.expected(noun, node, "");
            return Optional.empty();
        }
        try {
            T value = grammar.read(scalar.value());
            if (!asWritten && scalar.meaning() != ScalarMeaning.TEXT) {
                String sort = scalar.meaning() == ScalarMeaning.BOOLEAN ? "boolean" : "number";
                reading.report(
                        scalar.start(),
                        "expected " + noun + ", but in YAML " + Excerpt.shortened(scalar.value()) + " is a " + sort,
                        "put it in quotes: \"" + Excerpt.shortened(scalar.value()) + "\"");
            }
            return Optional.of(new Read<>(scalar, value));
        } catch (TextException exception) {
            reading.report(scalar, exception);
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return keywords;
    }
}
