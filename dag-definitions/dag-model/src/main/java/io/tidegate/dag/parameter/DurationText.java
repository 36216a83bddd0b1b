package io.tidegate.dag.parameter;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of parameters that are durations: {@code 20m}, or {@code PT20M} as ISO 8601 has it. */
public final class DurationText {
    private static final Pattern SHORT = Pattern.compile("([0-9]+)(ms|s|m|h|d|w)");

    private DurationText() {}

    /**
     * The duration.
     *
     * @throws DateTimeParseException when the text is none
     * @throws ArithmeticException when it is longer than can be held
     * @throws NumberFormatException when its number is larger than can be held
     */
    public static Duration read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(Math.multiplyExact(7L, count));
        };
    }
}
