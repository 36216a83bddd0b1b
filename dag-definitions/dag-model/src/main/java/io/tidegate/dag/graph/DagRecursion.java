package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.GraphProblem.Rule;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds DAGs that would run themselves, through steps that run other DAGs. Pure. */
public final class DagRecursion {
    private DagRecursion() {}

    /** DAGs that steps of this one run. */
    public static Set<DagId> runBy(DagDefinition definition) {
        return definition.steps().stream()
                .map(Step::work)
                .filter(Work.SubDag.class::isInstance)
                .map(work -> id((Work.SubDag) work))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static DagId id(Work.SubDag run) {
        return new DagId(run.dag().value());
    }

    /**
     * A problem for each step from which a way leads back to the DAG.
     *
     * @param others DAGs that steps of another DAG run, as that one is now; empty for one that is not known
     */
    public static List<GraphProblem> problems(DagDefinition definition, Function<DagId, Set<DagId>> others) {
        List<GraphProblem> problems = new ArrayList<>();
        for (Step step : definition.steps()) {
            if (step.work() instanceof Work.SubDag run) {
                way(id(run), definition.id(), others)
                        .ifPresent(way -> problems.add(GraphProblem.of(
                                Rule.ORDER,
                                "steps." + step.id() + ".dag",
                                "DAG " + definition.id() + " would run itself: " + definition.id() + " runs "
                                        + way.stream().map(DagId::value).collect(Collectors.joining(", which runs ")),
                                "what comes again and again is a schedule, a foreach or a retry")));
            }
        }
        return problems;
    }

    /** The shortest way, both ends included. */
    private static Optional<List<DagId>> way(DagId from, DagId to, Function<DagId, Set<DagId>> others) {
        Map<DagId, DagId> cameFrom = new HashMap<>();
        Deque<DagId> open = new ArrayDeque<>(List.of(from));
        cameFrom.put(from, from);
        while (!open.isEmpty()) {
            DagId at = open.poll();
            if (at.equals(to)) {
                List<DagId> way = new ArrayList<>(List.of(at));
                while (!at.equals(from)) {
                    at = cameFrom.get(at);
                    way.add(at);
                }
                Collections.reverse(way);
                return Optional.of(way);
            }
            for (DagId next : others.apply(at)) {
                if (cameFrom.putIfAbsent(next, at) == null) {
                    open.add(next);
                }
            }
        }
        return Optional.empty();
    }
}
