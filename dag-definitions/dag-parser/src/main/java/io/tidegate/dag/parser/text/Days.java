package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Days: {@code 2001-01-31}. */
public final class Days {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    private static final Pattern NOTATION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private Days() {}

    /** @throws TextException when the text is no day of the calendar */
    public static LocalDate read(String text) throws TextException {
        if (NOTATION.matcher(text).matches()) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException exception) {
                throw new TextException(text + " is not in the calendar");
            }
        }
        throw new TextException(Excerpt.quoted(text) + " is not a day", "write year-month-day, for example 2001-01-31");
    }
}
