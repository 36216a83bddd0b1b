package io.tidegate.steps.evaluate;

import static org.apache.spark.sql.functions.col;

import io.tidegate.steps.bundle.BundleManifest;
import io.tidegate.steps.bundle.ModelBundle;
import io.tidegate.steps.contract.InputDataset;
import io.tidegate.steps.contract.Metric;
import io.tidegate.steps.contract.Metric.MeasuredModel;
import io.tidegate.steps.contract.Metric.Role;
import io.tidegate.steps.contract.ModelReference;
import io.tidegate.steps.contract.OutputDataset;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.measure.BinaryEvaluation;
import io.tidegate.steps.measure.FeatureProfile;
import io.tidegate.steps.measure.Scores;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.StepContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Scores a dataset with the champion, writes the guesses, and logs how good they were and how far the features have drifted. */
public final class EvaluateStep implements BuiltInStep {
    /** Column of the scores: the probability of label 1. */
    public static final String PROBABILITY = "probability";

    private static final List<String> KNOWN = List.of(
            "log_loss",
            "auc",
            "calibration_error",
            "drift_psi",
            "baseline_log_loss",
            "positive_share",
            "predicted_share");

    @Override
    public void run(StepContext context) {
        List<String> wanted = wanted(context.specification().metrics());
        ModelReference model = context.specification().model();
        ModelReference.Champion champion = model.champion()
                .orElseThrow(() -> new StepFailure(
                        "the model " + model.name() + " has no champion to evaluate: run a step that trains it first"));
        ModelBundle bundle = ModelBundle.open(context.storage(), champion.bundle());
        InputDataset input = context.onlyInput();
        Dataset<Row> features = context.read(input);
        requireColumns(features, bundle.manifest(), input.dataset());
        Dataset<Row> kept = Scores.of(bundle.pipeline(), features, PROBABILITY).persist();
        try {
            Dataset<Row> scores = kept.select(scoreColumns(bundle.manifest(), champion.version()));
            for (OutputDataset output : context.specification().outputs()) {
                context.write(scores, output);
            }
            new Readings(context, bundle.manifest(), input.dataset()).report(kept, wanted);
        } finally {
            kept.unpersist();
        }
    }

    private static List<String> wanted(List<String> metrics) {
        for (String name : metrics) {
            if (!KNOWN.contains(name)) {
                throw new StepFailure(
                        "there is no metric '" + name + "' to evaluate; known are " + String.join(", ", KNOWN));
            }
        }
        return metrics.isEmpty() ? KNOWN : metrics;
    }

    private static void requireColumns(Dataset<Row> features, BundleManifest manifest, String dataset) {
        List<String> there = Arrays.asList(features.columns());
        List<String> needed = new ArrayList<>(manifest.columns().features());
        needed.add(manifest.columns().label());
        needed.addAll(manifest.columns().identity());
        List<String> missing =
                needed.stream().filter(column -> !there.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new StepFailure("the dataset " + dataset + " lacks what the champion needs: "
                    + String.join(", ", missing) + ". The features have changed since it was trained: train again");
        }
    }

    private static Column[] scoreColumns(BundleManifest manifest, long version) {
        List<Column> columns = new ArrayList<>();
        manifest.columns().identity().forEach(name -> columns.add(col(name)));
        columns.add(col(manifest.columns().label()));
        columns.add(col(PROBABILITY));
        columns.add(functions.lit(version).as("model_version"));
        return columns.toArray(Column[]::new);
    }

    /** The numbers of one evaluation, on their way to the report. */
    private record Readings(StepContext context, BundleManifest manifest, String dataset) {
        void report(Dataset<Row> scored, List<String> wanted) {
            BinaryEvaluation evaluation =
                    BinaryEvaluation.of(scored, manifest.columns().label(), PROBABILITY);
            for (String name : wanted) {
                value(name, evaluation)
                        .ifPresent(value -> context.report().metric(metric(name, value, evaluation.rows())));
            }
            if (wanted.contains("drift_psi")) {
                reportDrift(FeatureProfile.drift(scored, manifest.histograms(), evaluation.rows()), evaluation.rows());
            }
        }

        private Optional<Double> value(String name, BinaryEvaluation evaluation) {
            return switch (name) {
                case "log_loss" -> Optional.of(evaluation.logLoss());
                case "calibration_error" -> Optional.of(evaluation.calibrationError());
                case "baseline_log_loss" ->
                    Optional.of(evaluation.logLossOf(manifest.training().positiveShare()));
                case "positive_share" -> Optional.of(evaluation.positiveShare());
                case "predicted_share" -> Optional.of(evaluation.predictedShare());
                case "auc" -> evaluation.areaUnderCurve().stream().boxed().findFirst();
                default -> Optional.empty();
            };
        }

        private void reportDrift(Map<String, Double> drift, long rows) {
            drift.forEach((feature, index) ->
                    context.report().metric(metric("psi", index, rows).ofSlice("feature", feature)));
            drift.values().stream()
                    .max(Double::compare)
                    .ifPresent(worst -> context.report().metric(metric("drift_psi", worst, rows)));
        }

        private Metric metric(String name, double value, long rows) {
            return Metric.of(name, value)
                    .onModel(new MeasuredModel(manifest.model(), Role.CHAMPION))
                    .onDataset(dataset)
                    .from(rows);
        }
    }
}
