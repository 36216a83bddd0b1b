package io.tidegate.scheduler.alerting;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the line of a log that says why a step failed. */
public final class LogExcerpt {
    private static final int LINES_BEFORE = 5;
    private static final int LINES_AFTER = 2;
    private static final int LONGEST_LINE = 500;
    private static final Pattern FAILING = Pattern.compile("error|exception|fatal|caused by|failed|denied|killed|panic", Pattern.CASE_INSENSITIVE);
    private static final Pattern STACK_FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more|File \").*");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

    private LogExcerpt() {}

    /**
     * The last line that speaks of a failure, else the last line, with some lines around it; empty when the log has no text.
     *
     * @param end the end of the log, as much as the caller likes to read; its first line may be cut
     */
    public static Optional<String> of(String end) {
        List<String> lines = COLOUR.matcher(end).replaceAll("").lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        int failing = lines.size() - 1;
        for (int index = lines.size() - 1; index >= 0; index--) {
            if (saysFailure(lines.get(index))) {
                failing = index;
                break;
            }
        }
        int first = Math.max(0, failing - LINES_BEFORE);
        int last = Math.min(lines.size(), failing + 1 + LINES_AFTER);
        return Optional.of(String.join(
                "\n", lines.subList(first, last).stream().map(LogExcerpt::shortened).toList()));
    }

    private static boolean saysFailure(String line) {
        return FAILING.matcher(line).find() && !STACK_FRAME.matcher(line).matches();
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " [...]";
    }
}
