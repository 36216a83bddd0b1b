package io.tidegate.steps.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model version that a step made.
 *
 * @param name name of the model
 * @param uri folder of its bundle
 * @param fingerprint of the bundle
 * @param parameters what it was trained with
 * @param metrics what it scored on the held-out slice
 * @param trainedOn the partitions whose rows it saw
 */
public record TrainedModel(
        String name,
        String uri,
        String fingerprint,
        Map<String, Object> parameters,
        Map<String, Double> metrics,
        List<TrainedOn> trainedOn) {
    public TrainedModel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(fingerprint, "fingerprint");
        parameters = Map.copyOf(parameters);
        metrics = Map.copyOf(metrics);
        trainedOn = List.copyOf(trainedOn);
    }
}
