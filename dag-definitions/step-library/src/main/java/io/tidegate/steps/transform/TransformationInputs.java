package io.tidegate.steps.transform;

import io.tidegate.steps.contract.Interval;
import io.tidegate.steps.contract.StepFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a transformation works on.
 *
 * @param interval the run's interval
 * @param datasets by name; a dataset that is read with its history has all partitions in one DataFrame
 * @param parameters the run's parameters by name: texts, numbers and truth values
 */
public record TransformationInputs(
        Interval interval, Map<String, Dataset<Row>> datasets, Map<String, Object> parameters) {
    public TransformationInputs {
        Objects.requireNonNull(interval, "interval");
        datasets = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
        parameters = Map.copyOf(parameters);
    }

    /**
     * A dataset by name.
     *
     * @throws StepFailure when the step does not read it
     */
    public Dataset<Row> dataset(String name) {
        return Optional.ofNullable(datasets.get(name))
                .orElseThrow(() -> new StepFailure("the transformation asks for the dataset '" + name
                        + "', but the step's inputs are " + String.join(", ", datasets.keySet())));
    }

    /** A whole number among the parameters, or the fallback when the DAG does not declare it. */
    public long integer(String name, long fallback) {
        Object value = parameters.getOrDefault(name, fallback);
        if (value instanceof Long number) {
            return number;
        }
        throw new StepFailure("the parameter '" + name + "' is '" + value + "', not a whole number");
    }
}
