package io.tidegate.server.definitions;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.engine.DagCatalogue;
import io.tidegate.scheduler.run.DagVersionId;

/** Gives the engine the versions its runs are of. Thread-safe. */
public final class EngineCatalogue implements DagCatalogue {
    private final StoredDags dags;

    public EngineCatalogue(StoredDags dags) {
        this.dags = dags;
    }

    @Override
    public DagGraph graph(DagVersionId version) {
        return dags.require(version).graph();
    }

    @Override
    public String folder(DagVersionId version) {
        return dags.require(version).folder();
    }
}
