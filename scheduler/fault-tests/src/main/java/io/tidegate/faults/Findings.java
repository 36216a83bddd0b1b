package io.tidegate.faults;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must not be and was, and what is worth a line meanwhile. Safe for use by several threads. */
final class Findings {
    private final Timeline timeline;
    private final PrintStream out;
    private final Set<String> violations = new LinkedHashSet<>();

    Findings(Timeline timeline, PrintStream out) {
        this.timeline = timeline;
        this.out = out;
    }

    /**
     * Says once what must not be.
     *
     * @param invariant its name, I1 to I6
     */
    synchronized void violation(String invariant, String sentence) {
        if (violations.add(invariant + ": " + sentence)) {
            note("VIOLATION " + invariant + ": " + sentence);
        }
    }

    /** Says what happens. */
    void note(String line) {
        out.printf("%7.1f s  %s%n", timeline.elapsed().toMillis() / 1000.0, line);
        out.flush();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
