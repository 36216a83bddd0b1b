package io.tidegate.server.definitions;

import io.tidegate.dag.Secret;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.trigger.DagOutline;
import java.util.List;

/** Who hears of each DAG that is taken in. */
public interface DagListener {
    /** For whoever only wants the files in the database. */
    DagListener NOBODY = new DagListener() {
        @Override
        public void read(DagGraph graph) {}

        @Override
        public void known(DagVersionId version, DagOutline outline, List<Secret> secrets) {}
    };

    /** A DAG was read from its file, and its version is about to be kept. */
    void read(DagGraph graph);

    /** This is what the version of a DAG declares that is, or is about to be, the current one. */
    void known(DagVersionId version, DagOutline outline, List<Secret> secrets);
}
