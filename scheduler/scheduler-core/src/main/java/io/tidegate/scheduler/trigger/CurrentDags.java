package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.run.DagVersionId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Port: the DAGs that may be run now, each in its current version. Safe for use by several threads. */
public interface CurrentDags {
    /** The DAG, unless it is unknown or its file was removed. */
    Optional<CurrentDag> find(DagId id);

    /** Those of the DAGs that are known and not removed, in no particular order. */
    List<CurrentDag> find(Collection<DagId> ids);

    /** Every DAG that is not removed, by name. */
    List<CurrentDag> all();

    /**
     * @param paused whether its schedule rests
     * @param graphs gives the whole graph, which may have to be read first
     */
    record CurrentDag(DagVersionId version, DagOutline outline, boolean paused, Supplier<DagGraph> graphs) {
        public CurrentDag {
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(outline, "outline");
            Objects.requireNonNull(graphs, "graphs");
        }

        /** A version whose graph is at hand. */
        public CurrentDag(DagVersionId version, DagGraph graph, boolean paused) {
            this(version, DagOutline.of(graph), paused, () -> graph);
        }

        /**
         * The DAG as declared; costs a read of the database and of its text unless it was asked for lately.
         *
         * @throws IllegalStateException when this build can no longer read the version
         */
        public DagGraph graph() {
            return graphs.get();
        }

        public DagId id() {
            return version.dag();
        }
    }
}
