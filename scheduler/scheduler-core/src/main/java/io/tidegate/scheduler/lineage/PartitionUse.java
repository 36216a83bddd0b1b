package io.tidegate.scheduler.lineage;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.scheduler.report.StepReport.Direction;
import java.util.Objects;
import java.util.Optional;

/**
 * One content of one partition, read or written by an attempt.
 *
 * @param dag the DAG that declares the dataset
 * @param partition the interval's partition name; empty text for a dataset that is not partitioned
 * @param fingerprint identifies the content, when it is known
 */
public record PartitionUse(
        Direction direction,
        DagId dag,
        DatasetName dataset,
        DataClass dataClass,
        String partition,
        String uri,
        Content content) {

    /** What is known of the content. */
    public record Content(Optional<String> fingerprint, Optional<Long> rows, Optional<Long> bytes) {
        public static final Content UNKNOWN = new Content(Optional.empty(), Optional.empty(), Optional.empty());

        public Content {
            Objects.requireNonNull(fingerprint, "fingerprint");
            Objects.requireNonNull(rows, "rows");
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    public PartitionUse {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(dag, "dag");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(content, "content");
    }
}
