package io.tidegate.scheduler.sample;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.resolve.StepConditions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Conditions whose text is the name of one value, such as {@code outputs.count.full}, which must be {@code true}. */
public final class FakeConditions implements StepConditions {
    private static Optional<OutputReference> output(DagGraph graph, StepId step) {
        return graph.step(step).start().when().flatMap(condition -> OutputReference.of(condition.text()));
    }

    @Override
    public Reads reads(DagGraph graph, StepId step) {
        return output(graph, step)
                .map(output -> new Reads(Set.of(output.step()), Set.of()))
                .orElse(Reads.NOTHING);
    }

    @Override
    public Verdict verdict(DagGraph graph, StepId step, Facts facts) {
        String text = graph.step(step).start().when().orElseThrow().text();
        String value = output(graph, step)
                .map(output ->
                        facts.outputs().getOrDefault(output.step(), Map.of()).get(output.name()))
                .orElseGet(() -> facts.parameters().get(text));
        return value == null
                ? new Verdict(Optional.empty(), "it has no value")
                : new Verdict(Optional.of(value.equals("true")), "it is " + value);
    }
}
