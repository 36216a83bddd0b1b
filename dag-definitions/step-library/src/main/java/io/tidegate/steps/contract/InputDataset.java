package io.tidegate.steps.contract;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A dataset a step reads.
 *
 * @param dataset its name in the DAG
 * @param dataClass {@code raw}, {@code deterministic} or {@code algorithmic}
 * @param format format of its files, a name Spark knows
 * @param partitions what is read of it, oldest interval first
 */
public record InputDataset(String dataset, String dataClass, String format, List<Partition> partitions) {
    public InputDataset {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(format, "format");
        partitions = List.copyOf(partitions);
    }

    /**
     * One interval's share of a dataset.
     *
     * @param partition its name, for example {@code 2001-01-08}
     * @param uri its folder
     * @param offset intervals before the run's own, as 0 or a negative number
     * @param fingerprint of its content, when the scheduler knows it
     */
    public record Partition(String partition, String uri, int offset, Optional<String> fingerprint) {
        public Partition {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }
}
