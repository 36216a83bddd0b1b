package io.tidegate.steps.measure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.tidegate.steps.contract.StepFailure;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How good probabilities are for a yes-or-no question. One pass over the data; the same data gives the same numbers to the last digit.
 * Rows are gathered by their probability in steps of 1/10,000; the area under the curve and the calibration are computed from these.
 */
public final class BinaryEvaluation {
    private static final int STEPS = 10_000;
    private static final int CALIBRATION_GROUPS = 20;

    private final List<Bin> bins;
    private final long rows;
    private final long positives;

    private record Bin(long step, long rows, long positives, long probabilityUnits, long lossUnits) {}

    private BinaryEvaluation(List<Bin> bins) {
        this.bins = bins;
        this.rows = bins.stream().mapToLong(Bin::rows).sum();
        this.positives = bins.stream().mapToLong(Bin::positives).sum();
    }

    /**
     * Measures scored rows.
     *
     * @param label column of 0 and 1: what happened
     * @param probability column with the probability that was given to 1
     * @throws StepFailure when there are no rows, or a label or probability is missing
     */
    public static BinaryEvaluation of(Dataset<Row> scored, String label, String probability) {
        List<Bin> bins = scored
                .groupBy(least(floor(col(probability).multiply(STEPS)), lit(STEPS - 1))
                        .as("step"))
                .agg(
                        count(lit(1)),
                        sum(col(label).cast("long")),
                        sum(Loss.units(col(probability))),
                        sum(Loss.units(label, probability)),
                        count(col(label)))
                .collectAsList()
                .stream()
                .map(row -> bin(row, label, probability))
                .sorted(Comparator.comparingLong(Bin::step))
                .toList();
        if (bins.isEmpty()) {
            throw new StepFailure("there are no rows to measure the model on");
        }
        return new BinaryEvaluation(bins);
    }

    private static Bin bin(Row row, String label, String probability) {
        if (row.anyNull() || row.getLong(1) != row.getLong(5)) {
            throw new StepFailure("rows that are to be measured lack their '" + label + "' or their '" + probability
                    + "': the features must have no missing values");
        }
        return new Bin(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }

    /** Number of rows measured. */
    public long rows() {
        return rows;
    }

    /** Share of rows with label 1. */
    public double positiveShare() {
        return (double) positives / rows;
    }

    /** Mean of the probabilities. */
    public double predictedShare() {
        return bins.stream().mapToLong(Bin::probabilityUnits).sum() / Loss.UNIT / rows;
    }

    /** Mean logarithmic loss, in nats; 0 is perfect. */
    public double logLoss() {
        return bins.stream().mapToLong(Bin::lossUnits).sum() / Loss.UNIT / rows;
    }

    /** The logarithmic loss of saying one and the same share for every row. */
    public double logLossOf(double share) {
        return Loss.ofConstant(share, positiveShare());
    }

    /**
     * Area under the ROC curve: the chance that a row that is 1 got a higher probability than a row that is 0, a tie counting half. Empty
     * when all rows have the same label.
     */
    public OptionalDouble areaUnderCurve() {
        long negatives = rows - positives;
        if (positives == 0 || negatives == 0) {
            return OptionalDouble.empty();
        }
        double won = 0;
        long negativesBelow = 0;
        for (Bin bin : bins) {
            long binNegatives = bin.rows() - bin.positives();
            won += (double) bin.positives() * (negativesBelow + binNegatives / 2.0);
            negativesBelow += binNegatives;
        }
        return OptionalDouble.of(won / positives / negatives);
    }

    /**
     * Expected calibration error: rows in the order of their probability are cut into 20 groups of about the same size; the distance
     * between what was promised and what happened, averaged over rows.
     */
    public double calibrationError() {
        double error = 0;
        long groupRows = 0;
        long groupPositives = 0;
        double groupPromised = 0;
        long seen = 0;
        int group = 1;
        for (Bin bin : bins) {
            groupRows += bin.rows();
            groupPositives += bin.positives();
            groupPromised += bin.probabilityUnits() / Loss.UNIT;
            seen += bin.rows();
            if (seen * CALIBRATION_GROUPS >= rows * group) {
                error += Math.abs(groupPositives - groupPromised);
                group = (int) (seen * CALIBRATION_GROUPS / rows) + 1;
                groupRows = 0;
                groupPositives = 0;
                groupPromised = 0;
            }
        }
        return (error + (groupRows > 0 ? Math.abs(groupPositives - groupPromised) : 0)) / rows;
    }
}
