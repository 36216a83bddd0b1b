package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.run.DagVersionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One DAG. */
final class Dags implements CurrentDags {
    private final DagGraph graph;
    boolean paused;

    Dags(DagGraph graph) {
        this.graph = graph;
    }

    CurrentDag dag() {
        return new CurrentDag(new DagVersionId(graph.definition().id(), "abc"), graph, paused);
    }

    @Override
    public Optional<CurrentDag> find(DagId id) {
        return Optional.of(dag()).filter(dag -> dag.id().equals(id));
    }

    @Override
    public List<CurrentDag> find(Collection<DagId> ids) {
        return ids.stream().flatMap(id -> find(id).stream()).toList();
    }

    @Override
    public List<CurrentDag> all() {
        return List.of(dag());
    }
}
