package io.tidegate.dag.step;

import java.util.Locale;

/** How a step of a run ended, as far as the steps after it care. Every step that has ended has exactly one. */
public enum StepResult {
    SUCCEEDED,
    /** Rightly did not run. */
    SKIPPED,
    /** Did not succeed: it failed, could not run because of another step, or was cancelled. */
    FAILED;

    /** The word an author writes: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
