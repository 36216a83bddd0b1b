package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.schedule.Overlap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens when runs overlap: {@code skip}, {@code queue}, {@code cancel_running} or {@code parallel(4)}. */
public final class Overlaps {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN = "^(skip|queue|cancel_running|parallel\\([1-9][0-9]{0,3}\\))$";

    private static final Pattern PARALLEL = Pattern.compile("parallel\\(([1-9][0-9]{0,3})\\)");
    private static final Set<String> WORDS = Set.of("skip", "queue", "cancel_running", "parallel");

    private Overlaps() {}

    /** @throws TextException when the text is none of these */
    public static Overlap read(String text) throws TextException {
        Matcher parallel = PARALLEL.matcher(text);
        if (parallel.matches()) {
            return new Overlap(Overlap.Policy.PARALLEL, Integer.parseInt(parallel.group(1)));
        }
        return switch (text) {
            case "skip" -> new Overlap(Overlap.Policy.SKIP, 1);
            case "queue" -> Overlap.QUEUED;
            case "cancel_running" -> new Overlap(Overlap.Policy.CANCEL_RUNNING, 1);
            case "parallel" ->
                throw new TextException(
                        "parallel needs the number of runs that may go at once", "for example parallel(4)");
            default ->
                throw new TextException(
                        Excerpt.quoted(text)
                                + " is not an overlap rule; it is one of skip, queue, cancel_running, parallel(4)",
                        Words.nearest(text, WORDS));
        };
    }

    /** The rule as authors write it. */
    public static String write(Overlap overlap) {
        String word = overlap.policy().name().toLowerCase(Locale.ROOT);
        return overlap.policy() == Overlap.Policy.PARALLEL ? word + "(" + overlap.limit() + ")" : word;
    }
}
