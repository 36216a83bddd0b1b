package io.tidegate.dag.parser;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.parser.diff.Change;
import io.tidegate.dag.parser.diff.LongFormDiff;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is different between two versions of a DAG. Has no state: safe for use by several threads. */
public final class DagDiff {
    private DagDiff() {}

    /**
     * The differences: of the top of the file, of what is declared, of the steps, and of the edges between steps that both have. Empty when
     * the two mean the same.
     */
    public static List<Change> between(DagGraph before, DagGraph after) {
        List<Change> changes = new ArrayList<>(LongFormDiff.between(inOrder(before), inOrder(after)));
        Set<Edge> gone = edges(before, after);
        Set<Edge> come = edges(after, before);
        gone.stream().map(edge -> edge(Change.Kind.REMOVED, edge)).forEach(changes::add);
        come.stream().map(edge -> edge(Change.Kind.ADDED, edge)).forEach(changes::add);
        return List.copyOf(changes);
    }

    private static Map<String, Object> inOrder(DagGraph graph) {
        return DagWriter.tree(graph.definition());
    }

    /** Edges that only the first one has, between steps that both have. */
    private static Set<Edge> edges(DagGraph one, DagGraph other) {
        Set<Edge> edges = new LinkedHashSet<>(one.edges());
        other.edges().forEach(edges::remove);
        edges.removeIf(edge -> !other.hasStep(edge.from()) || !other.hasStep(edge.to()));
        return edges;
    }

    private static Change edge(Change.Kind kind, Edge edge) {
        Map<String, Object> value = Map.of(
                "from", edge.from().value(),
                "to", edge.to().value(),
                "reason", edge.reason().name().toLowerCase(Locale.ROOT),
                "through", edge.through());
        String through = edge.through().isEmpty() ? "" : " through " + edge.through();
        boolean removed = kind == Change.Kind.REMOVED;
        return new Change(
                kind,
                "edges." + edge.from() + "." + edge.to(),
                removed ? Optional.of(value) : Optional.empty(),
                removed ? Optional.empty() : Optional.of(value),
                "edge " + edge.from() + " -> " + edge.to() + through + " " + kind.word());
    }
}
