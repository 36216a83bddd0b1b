package io.tidegate.steps.train;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorAssembler;

/** Learns a weight for one number. */
public class ToyTrainer implements ModelTrainer {
    @Override
    public Pipeline pipeline(Map<String, Object> parameters) {
        return new Pipeline().setStages(new PipelineStage[] {
            new VectorAssembler().setInputCols(new String[] {"x"}).setOutputCol("features"),
            new LogisticRegression().setLabelCol("late").setRegParam(0.001).setMaxIter(20)
        });
    }

    @Override
    public String label() {
        return "late";
    }

    @Override
    public List<String> features() {
        return List.of("x", "origin");
    }

    @Override
    public String timeColumn() {
        return "at";
    }

    @Override
    public List<String> identity() {
        return List.of("at", "origin");
    }

    @Override
    public List<String> slices() {
        return List.of("origin");
    }

    @Override
    public long sliceMinimum() {
        return 100;
    }
}
