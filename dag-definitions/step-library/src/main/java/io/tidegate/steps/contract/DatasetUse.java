package io.tidegate.steps.contract;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * That a step read or wrote a partition.
 *
 * @param direction whether it was read or written
 * @param dataset name of the dataset
 * @param partition name of the partition
 * @param uri its folder
 * @param rows rows in it, when counted
 * @param bytes size of its files, when known
 * @param fingerprint of its content, when known
 */
public record DatasetUse(
        Direction direction,
        String dataset,
        String partition,
        String uri,
        OptionalLong rows,
        OptionalLong bytes,
        Optional<String> fingerprint) {
    public DatasetUse {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /** Which way the data went. */
    public enum Direction {
        READ,
        WRITE
    }
}
