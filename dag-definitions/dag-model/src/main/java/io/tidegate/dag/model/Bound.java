package io.tidegate.dag.model;

import java.util.Objects;

/**
 * A limit a number is held against, for example {@code > 0.52}.
 *
 * @param value the limit as a plain number; {@code 5 %} is 0.05
 */
public record Bound(Comparison comparison, double value) {
    public Bound {
        Objects.requireNonNull(comparison, "comparison");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a bound must be a finite number, not " + value);
        }
    }

    public boolean holds(double reading) {
        return comparison.holds(reading, value);
    }

    @Override
    public String toString() {
        return comparison.symbol() + " " + value;
    }
}
