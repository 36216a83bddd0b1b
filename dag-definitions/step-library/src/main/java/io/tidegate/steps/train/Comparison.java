package io.tidegate.steps.train;

import io.tidegate.steps.contract.Metric;
import io.tidegate.steps.contract.Metric.MeasuredModel;
import io.tidegate.steps.contract.Metric.Role;
import io.tidegate.steps.contract.StepReport;
import io.tidegate.steps.measure.BinaryEvaluation;
import io.tidegate.steps.measure.Scores;
import io.tidegate.steps.measure.SliceLosses;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures models on the same rows, which none of them has seen, and reports what a gate needs to judge. */
final class Comparison {
    private final String model;
    private final ModelTrainer trainer;
    private final List<Contender> contenders = new ArrayList<>();
    private Dataset<Row> scored;

    /**
     * @param column where its guesses are
     * @param trainingShare share of label 1 in what it was trained on
     */
    private record Contender(Role role, String column, double trainingShare) {}

    Comparison(String model, ModelTrainer trainer, Dataset<Row> heldOut) {
        this.model = model;
        this.trainer = trainer;
        this.scored = heldOut;
    }

    /** Adds a model to the comparison. */
    void add(Role role, PipelineModel pipeline, double trainingShare) {
        String column = "__" + role;
        scored = Scores.of(pipeline, scored, column);
        contenders.add(new Contender(role, column, trainingShare));
    }

    /**
     * Measures and reports all.
     *
     * @return the challenger's metrics by name
     */
    SortedMap<String, Double> report(StepReport report) {
        Dataset<Row> kept = scored.persist();
        try {
            SortedMap<String, Double> challenger = new TreeMap<>();
            for (Contender contender : contenders) {
                SortedMap<String, Double> metrics = measure(kept, contender, report);
                if (contender.role() == Role.CHALLENGER) {
                    challenger.putAll(metrics);
                }
            }
            trainer.slices().forEach(column -> reportSlices(kept, column, report));
            return challenger;
        } finally {
            kept.unpersist();
        }
    }

    private SortedMap<String, Double> measure(Dataset<Row> kept, Contender contender, StepReport report) {
        BinaryEvaluation evaluation = BinaryEvaluation.of(kept, trainer.label(), contender.column());
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("log_loss", evaluation.logLoss());
        metrics.put("calibration_error", evaluation.calibrationError());
        metrics.put("baseline_log_loss", evaluation.logLossOf(contender.trainingShare()));
        evaluation.areaUnderCurve().ifPresent(area -> metrics.put("auc", area));
        metrics.forEach((name, value) -> report.metric(Metric.of(name, value)
                .onModel(new MeasuredModel(model, contender.role()))
                .from(evaluation.rows())));
        return metrics;
    }

    private void reportSlices(Dataset<Row> kept, String column, StepReport report) {
        List<String> columns = contenders.stream().map(Contender::column).toList();
        for (SliceLosses.SliceLoss slice :
                SliceLosses.of(kept, column, trainer.sliceMinimum(), trainer.label(), columns)) {
            for (int index = 0; index < contenders.size(); index++) {
                report.metric(Metric.of("log_loss", slice.logLosses().get(index))
                        .onModel(new MeasuredModel(model, contenders.get(index).role()))
                        .ofSlice(column, slice.value())
                        .from(slice.rows()));
            }
        }
    }
}
