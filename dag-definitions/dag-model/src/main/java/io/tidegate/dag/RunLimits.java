package io.tidegate.dag;

import io.tidegate.dag.step.Deadline;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What holds for a DAG's runs as a whole.
 *
 * @param stepsAtOnce how many attempts of the DAG's steps may work at the same time, over all its runs; empty for any number
 * @param deadline by when a run must have ended
 */
public record RunLimits(OptionalInt stepsAtOnce, Optional<Deadline> deadline) {
    public static final RunLimits NONE = new RunLimits(OptionalInt.empty(), Optional.empty());

    public RunLimits {
        Objects.requireNonNull(stepsAtOnce, "stepsAtOnce");
        Objects.requireNonNull(deadline, "deadline");
        if (stepsAtOnce.isPresent() && stepsAtOnce.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "at least one step of a DAG must be able to work, not " + stepsAtOnce.getAsInt());
        }
    }
}
