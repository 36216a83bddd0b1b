package io.tidegate.server.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** How values are written for people in a terminal. */
public final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ROOT);
    private static final Map<String, String> STYLES = Map.ofEntries(
            Map.entry("succeeded", "green"),
            Map.entry("champion", "green"),
            Map.entry("failed", "red"),
            Map.entry("upstream_failed", "red"),
            Map.entry("open", "red"),
            Map.entry("rejected", "yellow"),
            Map.entry("running", "cyan"),
            Map.entry("launching", "cyan"),
            Map.entry("resolving", "cyan"),
            Map.entry("retrying", "yellow"),
            Map.entry("cancelling", "yellow"),
            Map.entry("skipped", "faint"),
            Map.entry("waiting", "faint"),
            Map.entry("queued", "faint"),
            Map.entry("cancelled", "magenta"));
    private static final int MINUTE = 60;

    private Words() {}

    /** A state, coloured; the word says it all without the colour. */
    public static String state(String state) {
        return "@|" + STYLES.getOrDefault(state, "bold") + " " + state.replace('_', ' ') + "|@";
    }

    /** {@code 4.2 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
    public static String duration(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = duration.toSeconds();
        if (whole < MINUTE * MINUTE) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE);
        }
        return String.format(Locale.ROOT, "%d h %02d min", whole / MINUTE / MINUTE, whole / MINUTE % MINUTE);
    }

    /** The time between two fields of a JSON object, or a dash when one is absent. */
    public static String between(JsonNode node, String start, String end) {
        return node.hasNonNull(start) && node.hasNonNull(end)
                ? duration(Duration.between(instant(node, start), instant(node, end)))
                : "-";
    }

    /** A point in time in the terminal's zone, or a dash when it is absent. */
    public static String time(JsonNode node, String field) {
        return node.hasNonNull(field) ? TIME.format(instant(node, field).atZone(ZoneId.systemDefault())) : "-";
    }

    /** {@code no runs}, {@code 1 run}, {@code 12 runs}. */
    public static String count(int number, String thing) {
        return (number == 0 ? "no" : String.valueOf(number)) + " " + thing + (number == 1 ? "" : "s");
    }

    /** A point in time in its own zone, with its distance from UTC. */
    public static String zoned(OffsetDateTime time) {
        return ZONED.format(time);
    }

    /** A number with four significant digits, or a dash when it is absent. */
    public static String number(JsonNode node) {
        return node.isNumber() ? String.format(Locale.ROOT, "%.4g", node.doubleValue()) : "-";
    }

    /** The text of a field, or a dash when it is absent or empty. */
    public static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isEmpty() || text.equals("null") ? "-" : clean(text);
    }

    /** Text without what could steer a terminal or be read as markup. */
    public static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replace("@|", "@ |").replace("|@", "| @");
    }

    private static Instant instant(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText());
    }
}
