package io.tidegate.scheduler.view;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Read side of partitions, models, lineage, alerts and versions. */
public interface DataQueries {
    /** The newest content of each written partition of a dataset, newest partition first. */
    List<DataViews.Partition> partitions(DagId dag, DatasetName dataset, int limit);

    /** Number of written partitions by {@code DAG/DATASET}. */
    Map<String, DatasetCount> datasetCounts();

    /** How many partitions of a dataset were written, and when the newest was. */
    /**
     * How much of a dataset there is.
     *
     * @param newestAt when a partition was last written
     */
    record DatasetCount(int partitions, Optional<java.time.Instant> newestAt) {}

    List<DataViews.ModelSummary> models();

    Optional<DataViews.ModelDetail> model(ModelName model);

    /**
     * What was built on what, across runs, walking from one node.
     *
     * @param node id as in {@link DataViews.LineageNode}; a dataset or model without partition or version means its newest
     * @param upstream whether to walk towards sources
     * @param downstream whether to walk towards what was built on it
     * @param maximumNodes where to stop
     */
    Optional<DataViews.Lineage> lineage(String node, boolean upstream, boolean downstream, int maximumNodes);

    List<DataViews.AlertView> alerts(boolean openOnly, int limit);

    Optional<DataViews.AlertView> alert(long id);

    List<DagViews.VersionView> versions(DagId dag, int limit);
}
