package io.tidegate.dag.model;

import java.util.List;
import java.util.Objects;

/**
 * When a refit step opens.
 *
 * @param mode whether one rule is enough
 * @param rules at least one
 */
public record OpenCondition(Mode mode, List<Rule> rules) {
    /** Whether one rule is enough or all must hold. */
    public enum Mode {
        ANY,
        ALL
    }

    /** One reason to refit. */
    public sealed interface Rule {}

    /** The model has no champion yet. */
    public record NoChampion() implements Rule {}

    /** A metric crossed its threshold. */
    public record Threshold(ThresholdRule rule) implements Rule {
        public Threshold {
            Objects.requireNonNull(rule, "rule");
        }
    }

    public OpenCondition {
        Objects.requireNonNull(mode, "mode");
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("a refit needs at least one condition that opens it");
        }
    }
}
