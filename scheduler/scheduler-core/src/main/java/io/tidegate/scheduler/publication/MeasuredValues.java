package io.tidegate.scheduler.publication;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.scheduler.report.StepReport.Metric;
import io.tidegate.scheduler.report.StepReport.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds measured values among what a step reported. Where a value was reported twice, the later one counts. */
final class MeasuredValues {
    private final List<Metric> metrics;

    MeasuredValues(List<Metric> metrics, ModelName model) {
        this.metrics = metrics.stream()
                .filter(metric ->
                        metric.subject().model().map(model.value()::equals).orElse(true))
                .toList();
    }

    /** The value over all rows. */
    Optional<Double> overall(ModelRole role, String metric) {
        return metrics.stream()
                .filter(candidate -> isOf(candidate, role, metric))
                .filter(candidate -> candidate.subject().slice().isEmpty())
                .map(Metric::value)
                .reduce((earlier, later) -> later);
    }

    /** The values of the slices of a column, by slice. */
    Map<String, Double> slices(ModelRole role, String column, String metric) {
        Map<String, Double> values = new TreeMap<>();
        for (Metric candidate : metrics) {
            Optional<Slice> slice =
                    candidate.subject().slice().filter(part -> part.column().equals(column));
            if (slice.isPresent() && isOf(candidate, role, metric)) {
                values.put(slice.orElseThrow().value(), candidate.value());
            }
        }
        return values;
    }

    private static boolean isOf(Metric candidate, ModelRole role, String metric) {
        return candidate.name().equals(metric)
                && candidate.subject().role().filter(role::equals).isPresent();
    }
}
