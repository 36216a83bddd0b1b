package io.tidegate.dag.step;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What must be before a step starts, beyond the data it reads.
 *
 * @param needs steps it comes after, in the author's order
 * @param runWhen what must have become of them
 */
public record StartCondition(Set<StepId> needs, RunWhen runWhen) {
    public StartCondition {
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
        Objects.requireNonNull(runWhen, "runWhen");
    }

    /** After these steps, none of which may have failed. */
    public static StartCondition after(Set<StepId> needs) {
        return new StartCondition(needs, TriggerRule.USUAL);
    }
}
