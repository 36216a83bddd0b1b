package io.tidegate.steps.contract;

import java.util.Objects;

/**
 * A partition a step writes.
 *
 * @param dataset its dataset's name in the DAG
 * @param dataClass {@code raw}, {@code deterministic} or {@code algorithmic}
 * @param format format of its files, a name Spark knows
 * @param partition its name, for example {@code 2001-01-08}
 * @param uri the folder it is to be in
 */
public record OutputDataset(String dataset, String dataClass, String format, String partition, String uri) {
    public OutputDataset {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(uri, "uri");
    }
}
