package io.tidegate.dag.step;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What must be before a step starts, beyond the data it reads.
 *
 * @param needs steps it comes after, in the author's order
 * @param runWhen what must have become of them
 * @param when what must hold besides, once they have ended; otherwise the step is skipped
 * @param dependsOnPast whether it waits until the same step of the interval before has succeeded or was skipped
 */
public record StartCondition(Set<StepId> needs, RunWhen runWhen, Optional<Condition> when, boolean dependsOnPast) {
    public StartCondition {
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
        Objects.requireNonNull(runWhen, "runWhen");
        Objects.requireNonNull(when, "when");
    }

    /** After these steps, none of which may have failed. */
    public static StartCondition after(Set<StepId> needs) {
        return new StartCondition(needs, TriggerRule.USUAL, Optional.empty(), false);
    }
}
