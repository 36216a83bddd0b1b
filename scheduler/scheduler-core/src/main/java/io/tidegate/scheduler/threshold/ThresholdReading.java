package io.tidegate.scheduler.threshold;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the conditions of a refit read, and what follows.
 *
 * @param open whether the refit opens
 * @param explanation the decision in one sentence for people, with the numbers that decided it
 * @param rules each condition by itself, in the order declared
 */
public record ThresholdReading(boolean open, String explanation, List<RuleReading> rules) {
    public ThresholdReading {
        Objects.requireNonNull(explanation, "explanation");
        rules = List.copyOf(rules);
    }

    /**
     * One condition.
     *
     * @param rule the condition as people write it
     * @param holds whether it asks for a refit
     * @param explanation why, in one sentence
     * @param metric name of the metric, for a threshold
     * @param value the newest windowed reading, when there is one
     * @param points the readings looked at, oldest first
     */
    public record RuleReading(
            String rule,
            boolean holds,
            String explanation,
            Optional<String> metric,
            Optional<Double> value,
            List<Point> points) {
        public RuleReading {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(explanation, "explanation");
            Objects.requireNonNull(metric, "metric");
            Objects.requireNonNull(value, "value");
            points = List.copyOf(points);
        }
    }

    /**
     * @param partition the interval's partition name
     * @param value the windowed reading
     * @param samples rows the newest metric of the window rests on
     * @param breach whether the reading is beyond the fire level
     */
    public record Point(String partition, double value, long samples, boolean breach) {
        public Point {
            Objects.requireNonNull(partition, "partition");
        }
    }
}
