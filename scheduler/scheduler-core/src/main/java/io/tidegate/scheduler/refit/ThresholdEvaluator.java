package io.tidegate.scheduler.refit;

import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.model.ThresholdRule;
import io.tidegate.scheduler.threshold.ThresholdReading;
import io.tidegate.scheduler.threshold.ThresholdReading.RuleReading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the conditions of a refit. The same facts always give the same reading: there is no state but the history itself. */
public final class ThresholdEvaluator {
    /** How far back a firing state is followed when nothing longer is needed. */
    private static final int LEAST_HISTORY = 200;

    private ThresholdEvaluator() {}

    /** How many of the newest values of its metric a rule must be given. */
    public static int historyLength(ThresholdRule rule) {
        return Math.max(
                LEAST_HISTORY,
                rule.window() + rule.sensitivity().outOf() + rule.sensitivity().cooldown());
    }

    /** Whether the refit opens, and why, with the numbers that decided it. */
    public static ThresholdReading read(OpenCondition condition, ModelFacts facts) {
        List<RuleReading> readings =
                condition.rules().stream().map(rule -> read(rule, facts)).toList();
        boolean open = switch (condition.mode()) {
            case ANY -> readings.stream().anyMatch(RuleReading::holds);
            case ALL -> readings.stream().allMatch(RuleReading::holds);
        };
        // What decided is said: the rules that hold when it opens, those that do not when it stays shut.
        String reasons = readings.stream()
                .filter(reading -> reading.holds() == open)
                .map(RuleReading::explanation)
                .collect(Collectors.joining("; "));
        return new ThresholdReading(open, open ? reasons + ": refit" : "stays shut: " + reasons, readings);
    }

    private static RuleReading read(OpenCondition.Rule rule, ModelFacts facts) {
        if (rule instanceof OpenCondition.Threshold threshold) {
            return new MetricReader(threshold.rule(), facts).read();
        }
        String explanation =
                facts.hasChampion() ? facts.model() + " has a champion" : facts.model() + " has no champion yet";
        return new RuleReading(
                "no champion", !facts.hasChampion(), explanation, Optional.empty(), Optional.empty(), List.of());
    }
}
