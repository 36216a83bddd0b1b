package io.tidegate.steps.measure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The loss of one or several models in each part of the data. */
public final class SliceLosses {
    private SliceLosses() {}

    /**
     * One part of the data.
     *
     * @param value what the slicing column has there, as text
     * @param rows number of rows
     * @param logLosses mean logarithmic loss for each probability column, in their order
     */
    public record SliceLoss(String value, long rows, List<Double> logLosses) {
        public SliceLoss {
            logLosses = List.copyOf(logLosses);
        }
    }

    /**
     * Measures the slices that have enough rows to mean something.
     *
     * @param column what the data is sliced by
     * @param minimum fewest rows of a slice that is told
     * @param probabilities a column with the probability of 1 for each model
     * @return slices in the order of their values
     */
    public static List<SliceLoss> of(
            Dataset<Row> scored, String column, long minimum, String label, List<String> probabilities) {
        Column[] losses = probabilities.stream()
                .map(probability -> sum(Loss.units(label, probability)))
                .toArray(Column[]::new);
        return scored
                .groupBy(col(column).cast("string").as("slice"))
                .agg(count(lit(1)).as("rows"), losses)
                .where(col("rows").geq(minimum).and(col("slice").isNotNull()))
                .collectAsList()
                .stream()
                .map(row -> slice(row, probabilities.size()))
                .sorted(Comparator.comparing(SliceLoss::value))
                .toList();
    }

    private static SliceLoss slice(Row row, int models) {
        List<Double> losses = new ArrayList<>();
        for (int model = 0; model < models; model++) {
            losses.add(row.getLong(2 + model) / Loss.UNIT / row.getLong(1));
        }
        return new SliceLoss(row.getString(0), row.getLong(1), losses);
    }
}
