package io.tidegate.scheduler.engine;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import java.util.Objects;

/**
 * An attempt that is to be launched, with everything that was looked up for it.
 *
 * @param folder absolute path of the snapshot of the DAG's folder
 * @param work what the attempt reads, writes and compares with
 */
public record LaunchOrder(DagGraph graph, String folder, Run run, Attempt attempt, ResolvedWork work) {
    public LaunchOrder {
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(work, "work");
    }
}
