package io.tidegate.scheduler.gate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a gate said of a challenger.
 *
 * @param accepted whether it becomes champion
 * @param explanation the verdict in one sentence for people
 * @param challengerVersion version that was judged
 * @param championVersion version it was compared with, absent for the first
 * @param rules each rule by itself, in the order declared
 */
public record GateVerdict(
        boolean accepted,
        String explanation,
        int challengerVersion,
        Optional<Integer> championVersion,
        List<RuleVerdict> rules) {
    public GateVerdict {
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(championVersion, "championVersion");
        rules = List.copyOf(rules);
    }

    /**
     * @param rule the rule as written
     * @param left value of the left side, absent when it could not be measured
     * @param right value of the right side, absent when it could not be measured
     * @param explanation why it holds or not, with the numbers
     */
    public record RuleVerdict(
            String rule, boolean holds, Optional<Double> left, Optional<Double> right, String explanation) {
        public RuleVerdict {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(left, "left");
            Objects.requireNonNull(right, "right");
            Objects.requireNonNull(explanation, "explanation");
        }
    }
}
