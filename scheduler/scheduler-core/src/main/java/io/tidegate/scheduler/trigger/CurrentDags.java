package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.run.DagVersionId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Port: the DAGs that may be run now, each in its current version. Safe for use by several threads. */
public interface CurrentDags {
    /** The DAG, unless it is unknown or its file was removed. */
    Optional<CurrentDag> find(DagId id);

    /** Every DAG that is not removed, by name. */
    List<CurrentDag> all();

    /**
     * @param paused whether its schedule rests
     */
    record CurrentDag(DagVersionId version, DagGraph graph, boolean paused) {
        public CurrentDag {
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(graph, "graph");
        }

        public DagId id() {
            return version.dag();
        }
    }
}
