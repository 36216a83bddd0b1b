package io.tidegate.server.dagtest.report;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import io.tidegate.server.dagtest.CaseResult;
import io.tidegate.server.dagtest.FileResult;
import io.tidegate.server.dagtest.check.Mismatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells people. Immutable. */
public final class TextReport {
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String BOLD = "1";
    private static final String FAINT = "2";
    private static final double NANOSECONDS = 1e9;

    private final boolean coloured;
    private final ProblemRenderer problems;

    /**
     * @param coloured whether it goes to a terminal that shows colours
     */
    public TextReport(boolean coloured) {
        this.coloured = coloured;
        this.problems = coloured ? ProblemRenderer.coloured() : ProblemRenderer.plain();
    }

    /** A file with its cases, and everything that is wrong; each line ends with a line feed. */
    public String file(FileResult result) {
        StringBuilder text = new StringBuilder();
        text.append(paint(BOLD, result.dag().isEmpty() ? "unreadable" : result.dag()))
                .append("  ")
                .append(paint(FAINT, Excerpt.visible(result.file().toString())))
                .append('\n');
        result.cases().forEach(one -> append(text, result.file(), one));
        if (!result.problems().isEmpty()) {
            text.append(problems.render(result.problems()));
        }
        return text.toString();
    }

    /** One line that sums everything up. */
    public String summary(List<FileResult> results, Duration took) {
        long cases = results.stream().mapToLong(result -> result.cases().size()).sum();
        long failed = results.stream().mapToLong(FileResult::failed).sum();
        long wrong =
                results.stream().filter(result -> !result.problems().isEmpty()).count();
        String outcome = failed == 0
                ? paint(GREEN, count(cases, "case") + " passed")
                : paint(RED, failed + " of " + count(cases, "case") + " failed");
        String files = wrong == 0 ? "" : ", " + paint(RED, count(wrong, "file") + " with problems");
        return outcome + files + String.format(Locale.ROOT, " in %.2f s", took.toNanos() / NANOSECONDS);
    }

    private void append(StringBuilder text, Path file, CaseResult one) {
        text.append("  ")
                .append(one.passed() ? paint(GREEN, "✓") : paint(RED, "✗"))
                .append(' ')
                .append(Excerpt.visible(one.name()))
                .append('\n');
        for (Mismatch mismatch : one.mismatches()) {
            text.append("      ")
                    .append(paint(BOLD, place(file, mismatch)))
                    .append("  ")
                    .append(mismatch.subject())
                    .append('\n');
            text.append(diff(mismatch));
        }
    }

    private static String place(Path file, Mismatch mismatch) {
        return Excerpt.visible(file + ":" + mismatch.position().line() + ":"
                + mismatch.position().column());
    }

    /** Expected and actual, item by item; what both have stands between. */
    private String diff(Mismatch mismatch) {
        StringBuilder text = new StringBuilder();
        for (LineDiff.Line line : LineDiff.of(mismatch.expected(), mismatch.actual())) {
            String shown = Excerpt.visible(line.text());
            text.append("        ")
                    .append(
                            switch (line.kind()) {
                                case SAME -> "  " + shown;
                                case EXPECTED -> paint(RED, "- " + shown);
                                case ACTUAL -> paint(GREEN, "+ " + shown);
                            });
            text.append('\n');
        }
        return text.toString();
    }

    private String paint(String colour, String text) {
        return coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** What differs, in plain text, for reports that have no colours. */
    static String plain(Path file, Mismatch mismatch) {
        return place(file, mismatch) + "  " + mismatch.subject() + "\n" + new TextReport(false).diff(mismatch);
    }
}
