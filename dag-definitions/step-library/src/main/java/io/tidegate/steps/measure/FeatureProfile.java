package io.tidegate.steps.measure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the features of some rows look like, and how far other rows are from that. Both are told from about {@value #SAMPLE_ROWS} rows,
 * chosen by the hash of their content, so that the same data gives the same numbers.
 */
public final class FeatureProfile {
    /** Rows that are looked at; more make the drift of ten groups no surer than a thousandth. */
    static final long SAMPLE_ROWS = 20_000;

    /** Share that stands in for an empty group, whose logarithm would be infinite. */
    private static final double LEAST_SHARE = 1e-4;

    private FeatureProfile() {}

    /**
     * The histogram of each feature.
     *
     * @param rows number of rows in the frame
     */
    public static Map<String, Histogram> of(Dataset<Row> frame, List<String> features, long rows) {
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        sample(frame, features, rows).forEach((feature, values) -> histograms.put(feature, Histogram.of(values)));
        return histograms;
    }

    /**
     * The drift of each feature against its histogram: population stability index, the sum over groups of (actual - expected) times
     * ln(actual / expected), both as shares of rows (N. Siddiqi, Credit Risk Scorecards, 2006). By custom less than 0.1 is called stable
     * and more than 0.25 moved.
     *
     * @param rows number of rows in the frame
     */
    public static Map<String, Double> drift(Dataset<Row> frame, Map<String, Histogram> expected, long rows) {
        Map<String, Double> drift = new LinkedHashMap<>();
        sample(frame, List.copyOf(expected.keySet()), rows).forEach((feature, values) -> {
            Histogram histogram = expected.get(feature);
            drift.put(
                    feature,
                    stabilityIndex(
                            histogram.groupCounts(), histogram.recount(values).groupCounts()));
        });
        return drift;
    }

    static double stabilityIndex(List<Long> expected, List<Long> actual) {
        double expectedRows = expected.stream().mapToLong(Long::longValue).sum();
        double actualRows = actual.stream().mapToLong(Long::longValue).sum();
        double index = 0;
        for (int group = 0; group < expected.size(); group++) {
            if (expected.get(group) > 0 || actual.get(group) > 0) {
                double was = Math.max(expected.get(group) / expectedRows, LEAST_SHARE);
                double is = Math.max(actual.get(group) / actualRows, LEAST_SHARE);
                index += (is - was) * Math.log(is / was);
            }
        }
        return index;
    }

    private static Map<String, List<Object>> sample(Dataset<Row> frame, List<String> features, long rows) {
        Column content = xxhash64(Arrays.stream(frame.columns())
                .map(name -> col("`" + name + "`"))
                .toArray(Column[]::new));
        long one = Math.max(1, rows / SAMPLE_ROWS);
        Dataset<Row> chosen =
                one == 1 ? frame : frame.where(pmod(content, lit(one)).equalTo(0));
        List<Row> sample = chosen.select(
                        features.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new))
                .collectAsList();
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (int feature = 0; feature < features.size(); feature++) {
            List<Object> column = new ArrayList<>(sample.size());
            for (Row row : sample) {
                column.add(row.get(feature));
            }
            values.put(features.get(feature), column);
        }
        return values;
    }
}
