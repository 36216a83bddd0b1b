package io.tidegate.dag.graph;

import io.tidegate.dag.step.StepId;
import java.util.Objects;

/**
 * One step waits for another.
 *
 * @param from the step that ends first
 * @param to the step that waits
 * @param reason why
 * @param through the dataset's, value's or model's name, or empty text for a plain order
 */
public record Edge(StepId from, StepId to, Reason reason, String through) {
    /** Why a step waits for another. */
    public enum Reason {
        /** It reads what the other writes or reports. */
        DATA,
        /** It publishes the model version that the other trains. */
        MODEL,
        /** The author said so with {@code needs}. */
        ORDER;

        /** Whether the later step has nothing to work on when the earlier one was skipped. */
        public boolean carriesSkip() {
            return this != ORDER;
        }
    }

    public Edge {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(through, "through");
    }
}
