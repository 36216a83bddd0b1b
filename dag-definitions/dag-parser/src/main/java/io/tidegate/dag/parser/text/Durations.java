package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations: a whole number and a unit, such as {@code 90s}, {@code 20m}, {@code 2h}, {@code 7d}. A day is 24 hours. */
public final class Durations {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN = "^[0-9]{1,9}(s|m|h|d)$";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ONE_PART = Pattern.compile("\\G\\s*([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*([a-zA-Z]+)\\s*");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final List<String> LARGEST_FIRST = List.of("d", "h", "m", "s");

    private Durations() {}

    /**
     * A grammar that offers a unit where the author gave none.
     *
     * @param likelyUnit {@code s}, {@code m}, {@code h} or {@code d}
     */
    public static Grammar<Duration> withLikelyUnit(String likelyUnit) {
        return text -> read(text, likelyUnit);
    }

    /** The duration in the largest unit in which it is a whole number. */
    public static String write(Duration duration) {
        for (String unit : LARGEST_FIRST) {
            long seconds = UNITS.get(unit).toSeconds();
            if (duration.toSeconds() % seconds == 0 && duration.toSeconds() >= seconds) {
                return duration.toSeconds() / seconds + unit;
            }
        }
        return duration.toSeconds() + "s";
    }

    private static Duration read(String text, String likelyUnit) throws TextException {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            return UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
        }
        if (BARE_NUMBER.matcher(text).matches()) {
            throw new TextException(
                    text + " has no unit; a duration is a number with s, m, h or d",
                    "did you mean '" + text + likelyUnit + "'?");
        }
        throw new TextException(
                Excerpt.quoted(text) + " is not a duration; write a whole number with s, m, h or d, such as 20m",
                parts(text).map(meant -> "did you mean '" + write(meant) + "'?").orElse(""));
    }

    /** What {@code 1h30m}, {@code 1.5h} or {@code 20 minutes} mean. */
    private static Optional<Duration> parts(String text) {
        Matcher matcher = ONE_PART.matcher(text);
        BigDecimal seconds = BigDecimal.ZERO;
        int end = 0;
        while (matcher.find()) {
            Optional<Duration> unit = unit(matcher.group(2));
            if (unit.isEmpty()) {
                return Optional.empty();
            }
            seconds = seconds.add(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(unit.get().toSeconds())));
            end = matcher.end();
        }
        boolean whole =
                end > 0 && end == text.length() && seconds.stripTrailingZeros().scale() <= 0;
        return whole ? Optional.of(Duration.ofSeconds(seconds.longValue())) : Optional.empty();
    }

    private static Optional<Duration> unit(String word) {
        return switch (word) {
            case "s", "sec", "secs", "second", "seconds" -> Optional.of(UNITS.get("s"));
            case "m", "min", "mins", "minute", "minutes" -> Optional.of(UNITS.get("m"));
            case "h", "hour", "hours" -> Optional.of(UNITS.get("h"));
            case "d", "day", "days" -> Optional.of(UNITS.get("d"));
            case "w", "week", "weeks" -> Optional.of(Duration.ofDays(7));
            default -> Optional.empty();
        };
    }
}
