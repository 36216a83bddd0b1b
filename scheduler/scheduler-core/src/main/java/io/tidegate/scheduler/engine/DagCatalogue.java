package io.tidegate.scheduler.engine;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.run.DagVersionId;

/** Stored versions of DAGs, ready for use. Safe for use by several threads; answers from memory after the first time. */
public interface DagCatalogue {
    /**
     * The version's graph.
     *
     * @throws IllegalStateException when there is no such version or this build can no longer read it; the run that asked is set aside
     * @throws io.tidegate.scheduler.store.StoreUnavailableException when the same call may work later
     */
    DagGraph graph(DagVersionId version);

    /** Absolute path of the snapshot of the DAG's folder; throws like {@link #graph}. */
    String folder(DagVersionId version);
}
