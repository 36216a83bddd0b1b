package io.tidegate.steps.train;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Says how a model that answers a yes-or-no question is trained. Implementations have a public constructor without parameters and keep no
 * state. The step does the rest: it splits by time, fits, measures challenger and champion on rows that neither has seen, and writes the
 * bundle.
 */
public interface ModelTrainer {
    /**
     * The pipeline, not yet fitted. Its last stage is a classifier that adds a column {@code probability}. Everything the features need
     * belongs into it, so that the bundle alone can score. Randomness has a fixed seed.
     *
     * @param parameters the run's parameters by name
     */
    Pipeline pipeline(Map<String, Object> parameters);

    /** Column with what happened: 0 or 1. */
    String label();

    /** Columns the pipeline reads; the drift of these is watched. */
    List<String> features();

    /** Column that says when a row is from. */
    String timeColumn();

    /** Columns that scores carry along, so that a guess can be joined to what it is about. */
    default List<String> identity() {
        return List.of();
    }

    /** The rows worth training on; by default all. Rows that are scored are never filtered. */
    default Dataset<Row> trainingRows(Dataset<Row> features) {
        return features;
    }

    /**
     * Settings of the pipeline to choose from; by default none. With two or more, each is fitted without the last stretch of the training
     * rows, as long as the held-out slice, and measured there; the one with the least loss is fitted on all.
     *
     * @param pipeline what {@link #pipeline} gave
     */
    default List<ParamMap> grid(Pipeline pipeline) {
        return List.of();
    }

    /** Columns by which the loss is told in slices, so that a gate can ask for the worst of them. */
    default List<String> slices() {
        return List.of();
    }

    /** Fewest rows of a slice that is told. */
    default long sliceMinimum() {
        return 500;
    }
}
