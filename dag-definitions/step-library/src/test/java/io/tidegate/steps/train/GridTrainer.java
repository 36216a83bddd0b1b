package io.tidegate.steps.train;

import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.param.ParamMap;

/** The toy, with a setting that learns nothing and one that learns. */
public final class GridTrainer extends ToyTrainer {
    @Override
    public List<ParamMap> grid(Pipeline pipeline) {
        LogisticRegression regression = (LogisticRegression) pipeline.getStages()[1];
        return List.of(
                new ParamMap().put(regression.regParam().w(1000)),
                new ParamMap().put(regression.regParam().w(0.01)));
    }
}
