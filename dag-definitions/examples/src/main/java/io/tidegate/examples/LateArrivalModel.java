package io.tidegate.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.tidegate.steps.train.ModelTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Logistic regression over hour, weekday, distance and late shares. Late shares go in as log-odds; an airport's as the distance to the
 * network's, so that the model learns how much an airport stands out apart from how bad the days were.
 */
public final class LateArrivalModel implements ModelTrainer {
    /** Strength of the pull of all weights towards zero. With few days of training it keeps the network's late share in check. */
    private static final double REGULARISATION = 0.01;

    private static final int MOST_ITERATIONS = 50;

    /** One flight of so many is trained on. A model of some forty weights has enough of them; more only take longer. */
    private static final int ONE_OF = 3;

    @Override
    public Pipeline pipeline(Map<String, Object> parameters) {
        List<String> inputs = new ArrayList<>(List.of("hour_one", "weekday_one", "distance_log", "distance_thousands"));
        List<String> derived = new ArrayList<>(List.of(
                "ln(greatest(distance, 50) / 500.0D) AS distance_log",
                "distance / 1000.0D AS distance_thousands",
                logOdds("network_late_1") + " AS network_1",
                logOdds("network_late_3") + " AS network_3"));
        inputs.addAll(List.of("network_1", "network_3"));
        for (String role : List.of("origin", "destination")) {
            for (int days : LateArrivalFeatures.STRETCHES) {
                String name = role + "_" + days;
                derived.add(logOdds(role + "_late_" + days) + " - " + logOdds("network_late_" + days) + " AS " + name);
                inputs.add(name);
            }
        }
        return new Pipeline().setStages(new PipelineStage[] {
            new SQLTransformer().setStatement("SELECT *, " + String.join(", ", derived) + " FROM __THIS__"),
            new OneHotEncoder()
                    .setInputCols(new String[] {"hour", "weekday"})
                    .setOutputCols(new String[] {"hour_one", "weekday_one"})
                    .setHandleInvalid("keep"),
            new VectorAssembler().setInputCols(inputs.toArray(String[]::new)).setOutputCol("features"),
            new LogisticRegression()
                    .setLabelCol(label())
                    .setRegParam(REGULARISATION)
                    .setMaxIter(MOST_ITERATIONS)
        });
    }

    private static String logOdds(String share) {
        String held = "least(greatest(" + share + ", 0.01D), 0.99D)";
        return "ln(" + held + " / (1 - " + held + "))";
    }

    @Override
    public String label() {
        return "late";
    }

    @Override
    public List<String> features() {
        List<String> features = new ArrayList<>(List.of("hour", "weekday", "distance", "origin", "destination"));
        for (int days : LateArrivalFeatures.STRETCHES) {
            features.addAll(List.of("network_late_" + days, "origin_late_" + days, "destination_late_" + days));
        }
        return features;
    }

    @Override
    public String timeColumn() {
        return "date";
    }

    @Override
    public List<String> identity() {
        return List.of("date", "origin", "destination");
    }

    /**
     * A third of the flights, always the same. The flights of the very first day are left out: they have no history, and would teach the
     * model that history means nothing.
     */
    @Override
    public Dataset<Row> trainingRows(Dataset<Row> features) {
        Column[] content = Arrays.stream(features.columns()).map(functions::col).toArray(Column[]::new);
        Column chosen = pmod(xxhash64(content), lit(ONE_OF)).equalTo(0);
        return features.where(col("history_days").gt(0).and(chosen));
    }

    @Override
    public List<String> slices() {
        return List.of("origin");
    }
}
