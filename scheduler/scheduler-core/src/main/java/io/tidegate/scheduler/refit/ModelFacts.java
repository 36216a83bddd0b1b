package io.tidegate.scheduler.refit;

import io.tidegate.dag.model.ModelName;
import io.tidegate.scheduler.store.ResolutionReads.MetricPoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a model when its refit is about to be decided.
 *
 * @param hasChampion whether somebody is using a version of it
 * @param histories metric name to its values over the evaluated intervals, oldest first; see {@link ThresholdEvaluator#historyLength}
 * @param lastTraining start of the newest interval before the current one in which a version was registered
 * @param currentIntervalStart start of the interval the decision is for; later values are not looked at
 */
public record ModelFacts(
        ModelName model,
        boolean hasChampion,
        Map<String, List<MetricPoint>> histories,
        Optional<Instant> lastTraining,
        Instant currentIntervalStart) {
    public ModelFacts {
        Objects.requireNonNull(model, "model");
        histories = Map.copyOf(histories);
        Objects.requireNonNull(lastTraining, "lastTraining");
        Objects.requireNonNull(currentIntervalStart, "currentIntervalStart");
    }

    /** Values of a metric up to the current interval, oldest first; empty when it was never reported. */
    List<MetricPoint> history(String metric) {
        return histories.getOrDefault(metric, List.of()).stream()
                .filter(point -> !point.intervalStart().isAfter(currentIntervalStart))
                .toList();
    }
}
