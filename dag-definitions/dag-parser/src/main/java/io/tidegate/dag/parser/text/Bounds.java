package io.tidegate.dag.parser.text;

import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.Comparison;
import io.tidegate.dag.parser.problem.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bounds: a comparison and a number, such as {@code <= 0.02} or {@code > 5%}. */
public final class Bounds {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN = "^(<|<=|>|>=)\\s*[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?\\s*%?$";

    private static final Pattern BOUND = Pattern.compile("(<=|>=|<|>|=<|=>|==|=)\\s*(.*)");

    private Bounds() {}

    /** @throws TextException when the text is no bound */
    public static Bound read(String text) throws TextException {
        Matcher matcher = BOUND.matcher(text);
        if (!matcher.matches()) {
            String hint = Numbers.tryRead(text)
                    .map(number -> "did you mean '<= " + text + "' or '>= " + text + "'?")
                    .orElse("for example \"<= 0.02\"");
            throw new TextException(Excerpt.quoted(text) + " is not a bound; write <, <=, > or >= and a number", hint);
        }
        String symbol = matcher.group(1);
        Comparison comparison = Comparison.ofSymbol(symbol)
                .orElseThrow(() -> new TextException(
                        "'" + symbol + "' is not a comparison; write <, <=, > or >=",
                        switched(symbol, matcher.group(2))));
        try {
            return new Bound(comparison, Numbers.read(matcher.group(2).strip()));
        } catch (TextException exception) {
            throw new TextException(exception.getMessage(), "", matcher.start(2));
        }
    }

    /** The bound as authors write it. */
    public static String write(Bound bound) {
        return bound.comparison().symbol() + " " + Numbers.write(bound.value());
    }

    private static String switched(String symbol, String number) {
        return switch (symbol) {
            case "=<" -> "did you mean '<= " + Excerpt.shortened(number) + "'?";
            case "=>" -> "did you mean '>= " + Excerpt.shortened(number) + "'?";
            default -> "";
        };
    }
}
