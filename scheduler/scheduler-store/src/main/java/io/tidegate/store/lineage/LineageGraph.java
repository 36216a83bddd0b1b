package io.tidegate.store.lineage;

import io.tidegate.scheduler.view.DataViews.Lineage;
import io.tidegate.scheduler.view.DataViews.LineageEdge;
import io.tidegate.scheduler.view.DataViews.LineageNode;
import io.tidegate.store.lineage.NodeKeys.StepKey;
import io.tidegate.store.lineage.NodeKeys.VersionKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the graph that was found so far, up to a number of nodes. Not thread-safe. */
final class LineageGraph {
    private final int maximumNodes;
    private final Map<String, LineageNode> nodes = new LinkedHashMap<>();
    private final Set<LineageEdge> edges = new LinkedHashSet<>();
    private final Set<StepKey> steps = new LinkedHashSet<>();
    private final Set<VersionKey> versions = new LinkedHashSet<>();
    private boolean truncated;

    LineageGraph(int maximumNodes) {
        this.maximumNodes = maximumNodes;
    }

    /** Adds a node; false when there is no room for it. */
    boolean add(Content content) {
        return add(new LineageNode(
                content.key().id(),
                "dataset",
                content.key().label(),
                Optional.of(content.dataClass()).filter(word -> !word.isEmpty()),
                content.facts()));
    }

    boolean add(StepKey step) {
        return add(new LineageNode(step.id(), "step", step.step(), Optional.empty(), Map.of())) && keep(steps, step);
    }

    boolean add(VersionKey version) {
        String label = version.model() + "@" + version.version();
        return add(new LineageNode(version.id(), "model", label, Optional.of("algorithmic"), Map.of()))
                && keep(versions, version);
    }

    private boolean add(LineageNode node) {
        if (nodes.containsKey(node.id())) {
            return true;
        }
        if (nodes.size() >= maximumNodes) {
            truncated = true;
            return false;
        }
        nodes.put(node.id(), node);
        return true;
    }

    private static <T> boolean keep(Set<T> kept, T key) {
        kept.add(key);
        return true;
    }

    void connect(String from, String to) {
        edges.add(new LineageEdge(from, to));
    }

    void truncate() {
        truncated = true;
    }

    Set<StepKey> steps() {
        return steps;
    }

    Set<VersionKey> versions() {
        return versions;
    }

    /** Gives a node its facts. */
    void explain(String id, Map<String, String> facts) {
        nodes.computeIfPresent(
                id, (same, node) -> new LineageNode(id, node.type(), node.label(), node.dataClass(), facts));
    }

    Lineage view(String focus) {
        return new Lineage(focus, List.copyOf(nodes.values()), List.copyOf(edges), truncated);
    }
}
