package io.tidegate.scheduler.refit;

import io.tidegate.dag.model.Bound;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them: four significant digits, no exponent for ordinary sizes. */
final class Numbers {
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double LARGEST_PLAIN = 1e9;

    private Numbers() {}

    static String text(double value) {
        double size = Math.abs(value);
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        return value == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)
                ? rounded.toPlainString()
                : rounded.toString();
    }

    /** A limit exactly as declared. */
    static String bound(Bound bound) {
        BigDecimal value = BigDecimal.valueOf(bound.value()).stripTrailingZeros();
        return bound.comparison().symbol() + " " + value.toPlainString();
    }
}
