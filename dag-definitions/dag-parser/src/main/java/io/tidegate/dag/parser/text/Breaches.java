package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of the last readings must breach, written {@code 2 of 3}.
 *
 * @param count at least 1
 * @param outOf at least {@code count}
 */
public record Breaches(int count, int outOf) {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN = "^[1-9][0-9]{0,2} of [1-9][0-9]{0,2}$";

    private static final Pattern NOTATION = Pattern.compile("([1-9][0-9]{0,2}) of ([1-9][0-9]{0,2})");

    /** @throws TextException when the text is not in this notation or asks for more than it looks at */
    public static Breaches read(String text) throws TextException {
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()) {
            throw new TextException(
                    Excerpt.quoted(text) + " does not say how many of how many readings must breach",
                    "for example 2 of 3");
        }
        Breaches breaches = new Breaches(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (breaches.count > breaches.outOf) {
            throw new TextException(
                    text + " can never hold", "did you mean '" + breaches.outOf + " of " + breaches.count + "'?");
        }
        return breaches;
    }
}
