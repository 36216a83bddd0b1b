package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Locale;

/**
 * What an argument of a step template must be. Text with a name in braces may stand for any single value: it is checked where the template
 * puts it, as everything is.
 */
enum ArgumentType {
    STRING("text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    DATE("a date such as 2001-01-01"),
    DURATION("a duration such as 20m"),
    /** One of some words. */
    ENUM("one of the choices"),
    LIST("a list");

    private final String noun;

    ArgumentType(String noun) {
        this.noun = noun;
    }

    /** The word an author writes. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is, for messages. */
    String noun() {
        return noun;
    }

    boolean accepts(YamlNode node) {
        if (this == LIST) {
            return node instanceof YamlNode.Sequence;
        }
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.meaning() == ScalarMeaning.NOTHING) {
            return false;
        }
        return namesAnother(scalar) || fits(scalar);
    }

    /** Whether the value is only known when a run is there, or stands for another argument. */
    static boolean namesAnother(YamlNode.Scalar scalar) {
        return scalar.meaning() == ScalarMeaning.TEXT && scalar.value().contains("{{");
    }

    private boolean fits(YamlNode.Scalar scalar) {
        ScalarMeaning meaning = scalar.meaning();
        return switch (this) {
            case STRING, ENUM -> true;
            case INTEGER -> meaning == ScalarMeaning.WHOLE_NUMBER;
            case NUMBER -> meaning == ScalarMeaning.WHOLE_NUMBER || meaning == ScalarMeaning.NUMBER;
            case BOOLEAN -> meaning == ScalarMeaning.BOOLEAN;
            case DATE -> isReadBy(Days::read, scalar.value());
            case DURATION -> isReadBy(Durations.withLikelyUnit("m"), scalar.value());
            case LIST -> false;
        };
    }

    private static boolean isReadBy(Grammar<?> grammar, String text) {
        try {
            grammar.read(text);
            return true;
        } catch (TextException otherForm) {
            return false;
        }
    }
}
