package io.tidegate.dag.graph;

import io.tidegate.dag.step.StepId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Steps ordered so that each comes after what it waits for, or the circles that forbid it. Among steps that are free of each other
 * the author's order stays.
 *
 * <p>Kahn, A. B.: Topological sorting of large networks. Communications of the ACM 5 (1962), 558-562. Iterative: the depth of a DAG
 * never becomes depth of a call stack.
 */
final class TopologicalOrder {
    /** Circles told at once: each costs a walk, and an author mends one after the other. */
    private static final int MOST_CYCLES = 20;

    /** Steps of a circle that are written out. */
    private static final int LONGEST_DESCRIPTION = 20;

    private final GraphIndex index;
    private final List<StepId> steps;
    private final Map<StepId, Integer> positions = new HashMap<>();

    /** By position, for how many edges a step still waits. */
    private final int[] waitingFor;

    private final Set<StepId> blocked;

    /** Positions of steps that wait for nothing. */
    private final Queue<Integer> free = new PriorityQueue<>();

    private final List<StepId> ordered = new ArrayList<>();
    private final List<GraphProblem> cycles = new ArrayList<>();

    private TopologicalOrder(GraphIndex index) {
        this.index = index;
        this.steps = List.copyOf(index.steps().keySet());
        this.waitingFor = new int[steps.size()];
        this.blocked = new LinkedHashSet<>(steps);
    }

    static TopologicalOrder of(GraphIndex index) {
        TopologicalOrder order = new TopologicalOrder(index);
        order.sort();
        return order;
    }

    List<StepId> steps() {
        return List.copyOf(ordered);
    }

    List<GraphProblem> cycles() {
        return List.copyOf(cycles);
    }

    private void sort() {
        for (int position = 0; position < waitingFor.length; position++) {
            StepId step = steps.get(position);
            positions.put(step, position);
            waitingFor[position] =
                    index.upstream().getOrDefault(step, List.of()).size();
            if (waitingFor[position] == 0) {
                free.add(position);
            }
        }
        drain();
        while (!blocked.isEmpty() && cycles.size() < MOST_CYCLES) {
            List<StepId> cycle = findCycle();
            cycles.add(describe(cycle));
            // Seen as done, so that only further circles stay blocked.
            cycle.forEach(this::finish);
            drain();
        }
    }

    private void drain() {
        while (!free.isEmpty()) {
            StepId step = steps.get(free.remove());
            ordered.add(step);
            finish(step);
        }
    }

    private void finish(StepId step) {
        blocked.remove(step);
        for (Edge edge : index.downstream().getOrDefault(step, List.of())) {
            int position = positions.get(edge.to());
            waitingFor[position]--;
            if (waitingFor[position] == 0 && blocked.contains(edge.to())) {
                free.add(position);
            }
        }
    }

    /** Walks upstream from a blocked step: each blocked step waits for another one, so the walk must meet itself. */
    private List<StepId> findCycle() {
        Set<StepId> walked = new LinkedHashSet<>();
        StepId current = blocked.stream().min(Comparator.naturalOrder()).orElseThrow();
        while (walked.add(current)) {
            current = index.upstream().getOrDefault(current, List.of()).stream()
                    .map(Edge::from)
                    .filter(blocked::contains)
                    .findFirst()
                    .orElseThrow();
        }
        List<StepId> path = new ArrayList<>(walked);
        List<StepId> cycle = new ArrayList<>(path.subList(path.indexOf(current), path.size()));
        Collections.reverse(cycle);
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        return cycle;
    }

    private static GraphProblem describe(List<StepId> cycle) {
        StepId first = cycle.get(0);
        String path = cycle.size() <= LONGEST_DESCRIPTION
                ? joined(cycle)
                : joined(cycle.subList(0, LONGEST_DESCRIPTION)) + " -> (" + (cycle.size() - LONGEST_DESCRIPTION)
                        + " more)";
        return GraphProblem.of(
                GraphProblem.Rule.ORDER,
                "steps." + first,
                "steps wait for each other in a circle: " + path + " -> " + first);
    }

    private static String joined(Collection<StepId> steps) {
        return steps.stream().map(StepId::value).collect(Collectors.joining(" -> "));
    }
}
