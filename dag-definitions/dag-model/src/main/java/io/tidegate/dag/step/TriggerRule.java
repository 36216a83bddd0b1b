package io.tidegate.dag.step;

import java.util.Locale;

/**
 * A rule over the results of all steps in {@code needs}. Names and meanings are those of Apache Airflow's trigger rules; a step that could
 * not run because of another one counts as failed, as there.
 */
public enum TriggerRule implements RunWhen {
    /** All have ended and none failed: a skip is a right decision, and what comes after goes on. */
    NONE_FAILED,
    ALL_SUCCESS,
    ALL_DONE,
    ALL_FAILED,
    ALL_SKIPPED,
    /** At least one succeeded; the others are not waited for. */
    ONE_SUCCESS,
    /** At least one failed; the others are not waited for. */
    ONE_FAILED,
    /** At least one succeeded or failed; the others are not waited for. */
    ONE_DONE,
    NONE_SKIPPED,
    NONE_FAILED_MIN_ONE_SUCCESS,
    ALL_DONE_MIN_ONE_SUCCESS;

    /** The rule of a step whose author gave none. */
    public static final TriggerRule USUAL = NONE_FAILED;

    /** The word an author writes: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
