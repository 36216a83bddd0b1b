package io.tidegate.steps.transform;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A rule that makes data from data. Implementations have a public constructor without parameters, keep no state, and give the same rows
 * for the same inputs, whenever and wherever they run: no clock, no chance, no network.
 */
public interface Transformation {
    /**
     * Declares the result; Spark computes it.
     *
     * @param inputs what the step reads
     * @return the rows of the run's own interval
     * @throws io.tidegate.steps.contract.StepFailure when the inputs do not have what the rule needs
     */
    Dataset<Row> apply(TransformationInputs inputs);
}
