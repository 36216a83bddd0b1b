package io.tidegate.dag.parser.text;

import java.time.Duration;

/**
 * How long to wait between tries, written {@code 5s..2m}.
 *
 * @param first before the first retry
 * @param longest what the wait never exceeds
 */
public record Backoff(Duration first, Duration longest) {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN = "^[0-9]{1,9}(s|m|h|d)\\.\\.[0-9]{1,9}(s|m|h|d)$";

    /** @throws TextException when the text is not two durations, the shorter one first */
    public static Backoff read(String text) throws TextException {
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new TextException("backoff runs from the first wait to the longest one", "for example 5s..2m");
        }
        Grammar<Duration> duration = Durations.withLikelyUnit("s");
        Duration first = duration.read(text.substring(0, dots));
        Duration longest = readLongest(text, dots + 2, duration);
        if (longest.compareTo(first) < 0) {
            throw new TextException(
                    "backoff runs from the first wait to the longest one, and " + Durations.write(first)
                            + " is longer than " + Durations.write(longest),
                    "did you mean '" + Durations.write(longest) + ".." + Durations.write(first) + "'?");
        }
        return new Backoff(first, longest);
    }

    private static Duration readLongest(String text, int offset, Grammar<Duration> duration) throws TextException {
        try {
            return duration.read(text.substring(offset));
        } catch (TextException exception) {
            throw new TextException(
                    exception.getMessage(), exception.suggestion().orElse(""), offset + exception.offset());
        }
    }
}
