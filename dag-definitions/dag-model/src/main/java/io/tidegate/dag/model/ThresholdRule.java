package io.tidegate.dag.model;

import java.util.Objects;

/**
 * When a metric says that the world has moved. Each evaluated interval gives one reading: the aggregate of the metric over the last
 * {@code window} intervals. The rule fires when enough of the last readings breach {@code fire}, stays fired until a reading reaches
 * {@code clear}, and does not fire again within {@code cooldown} intervals of the last refit.
 *
 * @param metric name of the metric, as {@code evaluate} reports it for the champion
 * @param aggregate how the window becomes one reading
 * @param window intervals in one reading, at least 1
 * @param fire what a breaching reading looks like
 * @param clear what a reading looks like that ends the firing state
 * @param sensitivity how many breaches are enough, and what they must rest on
 */
public record ThresholdRule(
        String metric, Aggregate aggregate, int window, Bound fire, Bound clear, Sensitivity sensitivity) {

    /** How the readings of a window become one. */
    public enum Aggregate {
        MEAN,
        MAXIMUM,
        MINIMUM,
        LAST
    }

    /**
     * @param breaches how many of the last {@code outOf} readings must breach
     * @param outOf how many readings are looked at
     * @param minimumSamples rows a metric must rest on to count at all
     * @param cooldown intervals after a refit in which the rule does not fire
     */
    public record Sensitivity(int breaches, int outOf, long minimumSamples, int cooldown) {
        public static final Sensitivity EVERY_BREACH = new Sensitivity(1, 1, 0, 0);

        public Sensitivity {
            if (breaches < 1 || outOf < breaches || minimumSamples < 0 || cooldown < 0) {
                throw new IllegalArgumentException(
                        "sensitivity needs 1 <= breaches <= outOf and no negative number, not " + breaches + " of "
                                + outOf + ", minimum samples " + minimumSamples + ", cooldown " + cooldown);
            }
        }
    }

    public ThresholdRule {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(aggregate, "aggregate");
        Objects.requireNonNull(fire, "fire");
        Objects.requireNonNull(clear, "clear");
        Objects.requireNonNull(sensitivity, "sensitivity");
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1 interval, not " + window);
        }
    }
}
