package io.tidegate.scheduler.resolve;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Evaluates the conditions of steps. Pure, and safe for use by several threads. */
public interface StepConditions {
    /** What the step's condition reads of earlier steps; nothing for a step without one. */
    Reads reads(DagGraph graph, StepId step);

    /**
     * What the step's condition says.
     *
     * @throws IllegalArgumentException when the step has none
     */
    Verdict verdict(DagGraph graph, StepId step, Facts facts);

    /**
     * @param outputs steps whose reported values are read
     * @param metrics steps whose metrics are read
     */
    record Reads(Set<StepId> outputs, Set<StepId> metrics) {
        public static final Reads NOTHING = new Reads(Set.of(), Set.of());

        public Reads {
            outputs = Set.copyOf(outputs);
            metrics = Set.copyOf(metrics);
        }

        boolean isNothing() {
            return outputs.isEmpty() && metrics.isEmpty();
        }
    }

    /**
     * What conditions are about.
     *
     * @param parameters the run's, as text
     * @param outputs JSON values by step and name
     * @param metrics metrics without a slice by step and name
     */
    record Facts(
            Map<String, String> parameters,
            Optional<DataInterval> interval,
            Map<StepId, Map<String, String>> outputs,
            Map<StepId, Map<String, Double>> metrics) {
        public Facts {
            parameters = Map.copyOf(parameters);
            Objects.requireNonNull(interval, "interval");
            outputs = Map.copyOf(outputs);
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * @param holds empty when it cannot be said
     * @param explanation for people: why it cannot be said, or what was read; empty text when there is nothing to say
     */
    record Verdict(Optional<Boolean> holds, String explanation) {
        public Verdict {
            Objects.requireNonNull(holds, "holds");
            Objects.requireNonNull(explanation, "explanation");
        }
    }
}
