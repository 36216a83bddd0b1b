package io.tidegate.steps.measure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * Sums that come out the same on every run. Floating-point sums depend on the order in which partitions arrive; whole numbers do not. So
 * losses and probabilities are summed as whole billionths.
 */
final class Loss {
    /** What one is in the units of the sums. */
    static final double UNIT = 1e9;

    /** A model that is sure and wrong is punished as if it had left this much doubt. */
    private static final double LEAST_PROBABILITY = 1e-15;

    private Loss() {}

    /** The logarithmic loss of one row: minus the natural logarithm of the probability given to what happened. */
    static Column units(String label, String probability) {
        Column given = when(col(label).equalTo(1), col(probability)).otherwise(lit(1).minus(col(probability)));
        return units(negate(log(greatest(given, lit(LEAST_PROBABILITY)))));
    }

    static Column units(Column value) {
        return round(value.multiply(UNIT)).cast("long");
    }

    /** The mean loss of saying one share for every row. */
    static double ofConstant(double share, double positives) {
        double said = Math.min(Math.max(share, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
        return -(positives * Math.log(said) + (1 - positives) * Math.log(1 - said));
    }
}
