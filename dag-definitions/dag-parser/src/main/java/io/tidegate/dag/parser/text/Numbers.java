package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, also in percent: {@code 0.05} and {@code 5%} are the same. */
public final class Numbers {
    private static final Pattern NUMBER =
            Pattern.compile("([-+]?[0-9]{1,30}(?:\\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?)(\\s*%)?");

    private Numbers() {}

    /** @throws TextException when the text is no number, or one that is too large */
    public static double read(String text) throws TextException {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new TextException(Excerpt.quoted(text) + " is not a number");
        }
        // Exact: 5% becomes the number that is written 0.05.
        BigDecimal number = new BigDecimal(matcher.group(1));
        double value = (matcher.group(2) == null ? number : number.movePointLeft(2)).doubleValue();
        if (!Double.isFinite(value)) {
            throw new TextException(Excerpt.quoted(text) + " is too large for a number");
        }
        return value;
    }

    /** The number without an exponent where that is short. */
    public static String write(double value) {
        String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        return plain.length() <= 20 ? plain : Double.toString(value);
    }

    /** The number, if the text is one. */
    static Optional<Double> tryRead(String text) {
        try {
            return Optional.of(read(text));
        } catch (TextException exception) {
            return Optional.empty();
        }
    }
}
