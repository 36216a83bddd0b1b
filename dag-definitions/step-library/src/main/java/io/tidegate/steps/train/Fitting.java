package io.tidegate.steps.train;

import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.measure.BinaryEvaluation;
import io.tidegate.steps.measure.Scores;
import io.tidegate.steps.runtime.TimeColumn;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fits a trainer's pipeline, choosing among the settings of its grid when it has one. Knows nothing of Tidegate's files. */
public final class Fitting {
    private static final int LONGEST_PARAMETER = 200;
    private static final String GUESS = "__guess";

    private final ModelTrainer trainer;
    private final Map<String, Object> parameters;

    /**
     * @param parameters the run's parameters by name
     */
    public Fitting(ModelTrainer trainer, Map<String, Object> parameters) {
        this.trainer = trainer;
        this.parameters = Map.copyOf(parameters);
    }

    /**
     * Fits on rows from before a time.
     *
     * @param training rows to train on, all from before {@code end}
     * @param validation length of the last stretch that chooses among settings
     */
    public PipelineModel fit(Dataset<Row> training, OffsetDateTime end, Duration validation) {
        Pipeline pipeline = trainer.pipeline(parameters);
        List<ParamMap> grid = trainer.grid(pipeline);
        return grid.size() < 2
                ? pipeline.fit(training, grid.isEmpty() ? ParamMap.empty() : grid.get(0))
                : pipeline.fit(training, best(pipeline, grid, training, end.minus(validation)));
    }

    private ParamMap best(Pipeline pipeline, List<ParamMap> grid, Dataset<Row> training, OffsetDateTime cut) {
        TimeColumn time = TimeColumn.of(training, trainer.timeColumn(), "the training data");
        Dataset<Row> earlier = training.where(time.before(cut));
        Dataset<Row> later = training.where(time.from(cut));
        if (earlier.isEmpty() || later.isEmpty()) {
            throw new StepFailure(
                    "the training rows do not reach from before " + cut
                            + " to after it, so there is nothing to choose among the settings of the grid by: train on more partitions, or hold out less");
        }
        ParamMap best = grid.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (ParamMap candidate : grid) {
            Dataset<Row> scored = Scores.of(pipeline.fit(earlier, candidate), later, GUESS);
            double loss = BinaryEvaluation.of(scored, trainer.label(), GUESS).logLoss();
            if (loss < least) {
                least = loss;
                best = candidate;
            }
        }
        return best;
    }

    /** What was set of a fitted pipeline's stages, by stage and parameter, as texts; long texts are left out. */
    public static SortedMap<String, String> parameters(PipelineModel model) {
        SortedMap<String, String> set = new TreeMap<>();
        for (Transformer stage : model.stages()) {
            for (Param<?> parameter : stage.params()) {
                if (stage.isSet(parameter)) {
                    String text = text(stage.get(parameter).get());
                    if (text.length() <= LONGEST_PARAMETER) {
                        set.put(stage.getClass().getSimpleName() + "." + parameter.name(), text);
                    }
                }
            }
        }
        return set;
    }

    private static String text(Object value) {
        return value instanceof Object[] array
                ? String.join(
                        ", ",
                        java.util.Arrays.stream(array).map(Object::toString).toList())
                : value.toString();
    }
}
