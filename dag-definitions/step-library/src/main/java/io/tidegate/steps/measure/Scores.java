package io.tidegate.steps.measure;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;

import io.tidegate.steps.contract.StepFailure;
import java.util.Arrays;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Asks a model for its guesses. */
public final class Scores {
    /** The column Spark's classifiers put the probabilities of the classes in. */
    private static final String PROBABILITIES = "probability";

    private Scores() {}

    /**
     * Adds the probability of class 1.
     *
     * @param column name of the new column
     * @return the columns of the frame and the new one
     * @throws StepFailure when the model gives no probabilities
     */
    public static Dataset<Row> of(PipelineModel model, Dataset<Row> frame, String column) {
        Dataset<Row> scored = model.transform(frame);
        if (!Arrays.asList(scored.columns()).contains(PROBABILITIES)) {
            throw new StepFailure("the model gives no column '" + PROBABILITIES
                    + "': the last stage of its pipeline must be a classifier that knows probabilities");
        }
        return scored.withColumn(
                        column, vector_to_array(col(PROBABILITIES), "float64").getItem(1))
                .select(concat(frame.columns(), column));
    }

    private static org.apache.spark.sql.Column[] concat(String[] columns, String added) {
        org.apache.spark.sql.Column[] all = new org.apache.spark.sql.Column[columns.length + 1];
        Arrays.setAll(all, index -> col("`" + (index < columns.length ? columns[index] : added) + "`"));
        return all;
    }
}
