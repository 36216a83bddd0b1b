package io.tidegate.server.alert;

import io.tidegate.executor.AttemptOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lines of a log that say why a step failed. */
final class LogExcerpt {
    private static final int READ_BYTES = 32 * 1024;
    private static final int LINES_BEFORE = 3;
    private static final int LONGEST_LINE = 400;
    private static final Pattern TELLING = Pattern.compile(
            "\\b(error|exception|failed|failure|fatal|traceback|killed|cannot|denied)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ more)");

    private LogExcerpt() {}

    /** The last line that sounds like a reason, or the last line at all, with the lines before it; empty when the log is. */
    static Optional<String> of(AttemptOutput output) throws IOException {
        long size = output.logSize();
        byte[] tail = output.readLog(Math.max(0, size - READ_BYTES), READ_BYTES);
        List<String> lines = new String(tail, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !STACK_FRAME.matcher(line).find())
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        int last = lines.size() - 1;
        for (int position = last; position >= 0; position--) {
            if (TELLING.matcher(lines.get(position)).find()) {
                last = position;
                break;
            }
        }
        return Optional.of(String.join("\n", lines.subList(Math.max(0, last - LINES_BEFORE), last + 1)));
    }
}
