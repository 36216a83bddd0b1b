package io.tidegate.dag.graph;

import io.tidegate.dag.step.StepId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Steps ordered so that each comes after what it waits for, or the cycle that forbids it.
 *
 * <p>Kahn, A. B.: Topological sorting of large networks. Communications of the ACM 5 (1962), 558-562. Iterative: the depth of a DAG
 * never becomes depth of a call stack.
 */
record TopologicalOrder(List<StepId> steps, Optional<GraphProblem> cycle) {

    static TopologicalOrder of(GraphIndex index) {
        Map<StepId, Integer> waitingFor = new HashMap<>();
        index.edges().forEach(edge -> waitingFor.merge(edge.to(), 1, Integer::sum));
        Deque<StepId> free = index.steps().keySet().stream()
                .filter(step -> !waitingFor.containsKey(step))
                .sorted()
                .collect(Collectors.toCollection(ArrayDeque::new));
        List<StepId> ordered = new ArrayList<>();
        while (!free.isEmpty()) {
            StepId step = free.removeFirst();
            ordered.add(step);
            for (Edge edge : index.downstream().getOrDefault(step, List.of())) {
                if (waitingFor.merge(edge.to(), -1, Integer::sum) == 0) {
                    free.addLast(edge.to());
                }
            }
        }
        Set<StepId> blocked = new LinkedHashSet<>(index.steps().keySet());
        ordered.forEach(blocked::remove);
        return new TopologicalOrder(
                List.copyOf(ordered), blocked.isEmpty() ? Optional.empty() : Optional.of(describe(index, blocked)));
    }

    private static GraphProblem describe(GraphIndex index, Set<StepId> blocked) {
        List<StepId> walked = new ArrayList<>();
        StepId current = blocked.stream().min(StepId::compareTo).orElseThrow();
        while (!walked.contains(current)) {
            walked.add(current);
            current = index.upstream().getOrDefault(current, List.of()).stream()
                    .map(Edge::from)
                    .filter(blocked::contains)
                    .findFirst()
                    .orElseThrow();
        }
        List<StepId> cycle = new ArrayList<>(walked.subList(walked.indexOf(current), walked.size()));
        cycle.add(current);
        java.util.Collections.reverse(cycle);
        return GraphProblem.of(
                "steps." + current,
                "steps wait for each other in a circle: "
                        + cycle.stream().map(StepId::value).collect(Collectors.joining(" -> ")));
    }
}
