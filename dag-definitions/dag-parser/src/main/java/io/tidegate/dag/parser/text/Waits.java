package io.tidegate.dag.parser.text;

import java.time.Duration;

/**
 * How long somebody waits: {@code 10s}, or from {@code 10s..12s}.
 *
 * @param least not less than this
 * @param most not more than this
 */
public record Waits(Duration least, Duration most) {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN = "^[0-9]{1,9}(s|m|h|d)(\\.\\.[0-9]{1,9}(s|m|h|d))?$";

    /** @throws TextException when the text is neither a duration nor two, the shorter one first */
    public static Waits read(String text) throws TextException {
        Grammar<Duration> duration = Durations.withLikelyUnit("s");
        int dots = text.indexOf("..");
        if (dots < 0) {
            Duration exactly = duration.read(text);
            return new Waits(exactly, exactly);
        }
        Duration least = duration.read(text.substring(0, dots));
        Duration most = duration.read(text.substring(dots + 2));
        if (most.compareTo(least) < 0) {
            throw new TextException(
                    "a wait runs from the shortest to the longest, and " + Durations.write(least) + " is longer than "
                            + Durations.write(most),
                    "did you mean '" + Durations.write(most) + ".." + Durations.write(least) + "'?");
        }
        return new Waits(least, most);
    }

    /** Whether it is one that is meant. */
    public boolean covers(Duration wait) {
        return wait.compareTo(least) >= 0 && wait.compareTo(most) <= 0;
    }

    @Override
    public String toString() {
        return least.equals(most) ? Durations.write(least) : Durations.write(least) + ".." + Durations.write(most);
    }
}
