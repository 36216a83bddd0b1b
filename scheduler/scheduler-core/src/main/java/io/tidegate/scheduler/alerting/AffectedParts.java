package io.tidegate.scheduler.alerting;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.StepId;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What suffers when a step fails. */
public final class AffectedParts {
    private AffectedParts() {}

    /**
     * Names of the steps that wait for a step, near or far, in the order of the DAG, then of the datasets that it and they would have written.
     * Empty when the DAG has no such step.
     */
    public static List<String> of(DagGraph graph, StepId failed) {
        if (!graph.hasStep(failed)) {
            return List.of();
        }
        Set<StepId> blocked = new HashSet<>(Set.of(failed));
        ArrayDeque<StepId> toVisit = new ArrayDeque<>(List.of(failed));
        while (!toVisit.isEmpty()) {
            graph.downstream(toVisit.remove()).stream()
                    .map(Edge::to)
                    .filter(blocked::add)
                    .forEach(toVisit::add);
        }
        Set<String> names = new LinkedHashSet<>();
        List<StepId> inOrder =
                graph.order().stream().filter(blocked::contains).toList();
        inOrder.stream().filter(step -> !step.equals(failed)).map(StepId::value).forEach(names::add);
        inOrder.stream()
                .flatMap(step -> graph.step(step).outputs().stream())
                .map(DatasetName::value)
                .forEach(names::add);
        return List.copyOf(names);
    }
}
