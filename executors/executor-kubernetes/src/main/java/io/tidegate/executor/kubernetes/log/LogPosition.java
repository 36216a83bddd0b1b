package io.tidegate.executor.kubernetes.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a container's log has been captured.
 *
 * @param stamp the timestamp of the newest line, as the cluster writes it; empty text before the first
 * @param lines how many lines with this timestamp have begun
 * @param bytes how many bytes of the newest line were captured, its line break included
 */
record LogPosition(String stamp, long lines, long bytes) {
    static final LogPosition START = new LogPosition("", 0, 0);

    /** Room for a timestamp and two numbers. */
    private static final int WIDTH = 95;

    private static final Pattern TEXT = Pattern.compile("(\\S+) (\\d{1,18}) (\\d{1,18})\\s*");

    /** The position as one line of text, which is always as long, so that a newer one replaces an older one in place. */
    String write() {
        return ("%-" + WIDTH + "s\n").formatted(stamp + " " + lines + " " + bytes);
    }

    /** Reads what {@link #write} wrote; the start when the text is none of it. */
    static LogPosition read(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() && instant(matcher.group(1)).isPresent()
                ? new LogPosition(matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)))
                : START;
    }

    boolean isStart() {
        return stamp.isEmpty();
    }

    static Optional<Instant> instant(String stamp) {
        try {
            return Optional.of(OffsetDateTime.parse(stamp).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
