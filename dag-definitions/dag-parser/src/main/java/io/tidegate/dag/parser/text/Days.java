package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days, {@code 2001-01-31}; ranges of them, {@code 2001-12-24..2002-01-01}; and times, {@code 2001-01-31T06:30}. */
public final class Days {
    /** The notation of a day as a regular expression, for the schema. */
    public static final String PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    /** The notation of one day or a range. */
    public static final String RANGE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$";

    /** The notation of a day with or without a time. */
    public static final String TIME_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$";

    /** A range of more days than ten years have is a slip of the pen. */
    private static final int LONGEST_RANGE = 3660;

    private static final Pattern NOTATION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}");
    private static final String DOTS = "..";

    private Days() {}

    /** @throws TextException when the text is no day of the calendar */
    public static LocalDate read(String text) throws TextException {
        if (NOTATION.matcher(text).matches()) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException exception) {
                throw new TextException(text + " is not in the calendar");
            }
        }
        throw new TextException(Excerpt.quoted(text) + " is not a day", "write year-month-day, for example 2001-01-31");
    }

    /**
     * One day, or the days from the first to the last of a range.
     *
     * @throws TextException when the text is neither
     */
    public static List<LocalDate> readRange(String text) throws TextException {
        int dots = text.indexOf(DOTS);
        if (dots < 0) {
            return List.of(read(text));
        }
        LocalDate first = read(text.substring(0, dots));
        LocalDate last = read(text.substring(dots + DOTS.length()));
        if (last.isBefore(first)) {
            throw new TextException(
                    "the range ends on " + last + ", before it starts", "did you mean " + last + DOTS + first + "?");
        }
        List<LocalDate> days =
                first.datesUntil(last.plusDays(1)).limit(LONGEST_RANGE + 1).toList();
        if (days.size() > LONGEST_RANGE) {
            throw new TextException("a range has at most " + LONGEST_RANGE + " days");
        }
        return days;
    }

    /**
     * A day with its time; midnight when there is none.
     *
     * @throws TextException when the text is neither a day nor a time of the calendar
     */
    public static LocalDateTime readTime(String text) throws TextException {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            if (NOTATION.matcher(text).matches()) {
                return read(text).atStartOfDay();
            }
            throw new TextException(
                    Excerpt.quoted(text) + " is neither a day nor a time of a day",
                    "write year-month-day, or with the time 2001-01-31T06:30");
        }
        read(time.group(1));
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException exception) {
            throw new TextException(text + " is no time of a day");
        }
    }

    /** A time as authors write it: without the time of the day when that is midnight. */
    public static String writeTime(LocalDateTime time) {
        return time.toLocalTime().toSecondOfDay() == 0 ? time.toLocalDate().toString() : time.toString();
    }
}
