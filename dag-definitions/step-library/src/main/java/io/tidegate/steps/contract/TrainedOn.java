package io.tidegate.steps.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * A partition whose rows a model saw in training.
 *
 * @param dataset name of the dataset
 * @param partition name of the partition
 * @param uri its folder
 * @param fingerprint of its content, when known
 */
public record TrainedOn(String dataset, String partition, String uri, Optional<String> fingerprint) {
    public TrainedOn {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
