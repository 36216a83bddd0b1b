package io.tidegate.server.bench;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure of the benchmark.
 *
 * @param workload what was measured, for example {@code W1a}; a second figure of a workload has a word after it
 * @param value what was measured, in the unit
 * @param unit for example {@code ms}
 * @param limit what the machine can do, measured in the same run; empty where the goal is a number of its own
 * @param goal what must be reached; empty for figures that are only told
 */
public record BenchRow(String workload, double value, String unit, OptionalDouble limit, Optional<Goal> goal) {
    /**
     * What must be reached.
     *
     * @param bound compared with the ratio where there is a limit, with the value where there is none
     * @param atMost whether less is better
     */
    public record Goal(double bound, boolean atMost) {
        public static Optional<Goal> atMost(double bound) {
            return Optional.of(new Goal(bound, true));
        }

        public static Optional<Goal> atLeast(double bound) {
            return Optional.of(new Goal(bound, false));
        }

        private boolean isReached(double figure) {
            return atMost ? figure <= bound : figure >= bound;
        }
    }

    public BenchRow {
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(goal, "goal");
    }

    static BenchRow beside(String workload, double value, String unit, double limit, Optional<Goal> goal) {
        return new BenchRow(workload, value, unit, OptionalDouble.of(limit), goal);
    }

    static BenchRow alone(String workload, double value, String unit, Optional<Goal> goal) {
        return new BenchRow(workload, value, unit, OptionalDouble.empty(), goal);
    }

    /** The value as a multiple of the limit. */
    public OptionalDouble ratio() {
        return limit.isPresent() ? OptionalDouble.of(value / limit.getAsDouble()) : OptionalDouble.empty();
    }

    /** Whether the goal is reached; empty where there is none. */
    public Optional<Boolean> held() {
        return goal.map(wanted -> wanted.isReached(ratio().orElse(value)));
    }

    /** The goal in words, or empty text. */
    public String goalText() {
        return goal.map(wanted -> (wanted.atMost() ? "<= " : ">= ")
                        + number(wanted.bound())
                        + (limit.isPresent() ? " x limit" : " " + unit))
                .orElse("");
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
