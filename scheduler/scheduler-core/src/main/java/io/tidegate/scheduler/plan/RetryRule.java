package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.Retries;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.StepRun;
import java.time.Duration;
import java.util.OptionalInt;

/** Whether and when a failed step is tried again. Pure: the spread comes from the launch key, so planning twice gives the same instant. */
final class RetryRule {
    private static final int LONGEST_SHIFT = 30;
    private static final int SPREAD_PERCENT = 20;

    private RetryRule() {}

    /** How often a failure of the kind is tried again. */
    static int budget(Retries retries, FailureKind kind) {
        return switch (kind) {
            case USER -> retries.user();
            case PLATFORM -> retries.platform();
            case TIMEOUT -> retries.timeout();
            case LOST -> retries.lost();
        };
    }

    /** Whether the budget of the kind allows another try, with the failure already counted. */
    static boolean allows(Retries retries, StepRun step, FailureKind kind) {
        return step.spent().getOrDefault(kind, 0) <= budget(retries, kind);
    }

    /** Whether the way the program ended makes another try worth it; only failures of the program itself have exit codes that count. */
    static boolean isWorthIt(Retries retries, FailureKind kind, OptionalInt exitCode) {
        return kind != FailureKind.USER || retries.exitCodes().allow(exitCode);
    }

    /**
     * The wait before the next try: doubles from failure to failure, is up to a fifth longer so that many steps do not come back at once, and
     * never exceeds the longest backoff.
     */
    static Duration backoff(Retries retries, StepRun step, LaunchKey failed) {
        int failures =
                step.spent().values().stream().mapToInt(Integer::intValue).sum();
        long factor = 1L << Math.min(Math.max(failures - 1, 0), LONGEST_SHIFT);
        long longest = retries.longestBackoff().toMillis();
        long first = retries.firstBackoff().toMillis();
        long base = first > longest / factor ? longest : first * factor;
        long spread = base * Math.floorMod(failed.value().hashCode(), SPREAD_PERCENT + 1) / 100;
        return Duration.ofMillis(Math.min(longest, base + spread));
    }
}
