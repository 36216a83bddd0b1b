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
 * @param latest the latest timestamp of all lines. That of the newest may be earlier: the node stamps what a container writes to its two outputs by
 *     two threads, and puts it into one file in the order in which they come there.
 */
record LogPosition(String stamp, long lines, long bytes, Instant latest) {
    static final LogPosition START = new LogPosition("", 0, 0, Instant.MIN);

    /** Room for two timestamps and two numbers. */
    private static final int WIDTH = 125;

    private static final Pattern TEXT = Pattern.compile("(\\S+) (\\d{1,18}) (\\d{1,18})(?: (\\S+))?\\s*");

    /** This position moved on to the beginning of the next line. */
    LogPosition atNextLine(String nextStamp, Instant time) {
        long equal = nextStamp.equals(stamp) ? lines : 0;
        return new LogPosition(nextStamp, equal + 1, 0, time.isAfter(latest) ? time : latest);
    }

    /** This position moved on within its line. */
    LogPosition plusBytes(long count) {
        return new LogPosition(stamp, lines, bytes + count, latest);
    }

    /** The position as one line of text, which is always as long, so that a newer one replaces an older one in place. */
    String write() {
        // Left out where it says nothing new, as a server of the version before knows no other positions.
        boolean inOrder = isStart() || instant(stamp).equals(Optional.of(latest));
        String text = stamp + " " + lines + " " + bytes + (inOrder ? "" : " " + latest);
        return ("%-" + WIDTH + "s\n").formatted(text);
    }

    /** Reads what {@link #write} wrote; the start when the text is none of it. */
    static LogPosition read(String text) {
        Matcher matcher = TEXT.matcher(text);
        Optional<Instant> time = matcher.matches() ? instant(matcher.group(1)) : Optional.empty();
        return time.map(own -> new LogPosition(
                        matcher.group(1),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        Optional.ofNullable(matcher.group(4))
                                .flatMap(LogPosition::instant)
                                .orElse(own)))
                .orElse(START);
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
