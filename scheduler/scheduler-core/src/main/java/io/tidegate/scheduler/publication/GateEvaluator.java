package io.tidegate.scheduler.publication;

import io.tidegate.dag.model.GateRule;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.gate.GateVerdict.RuleVerdict;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Judges a challenger by the rules of a gate. A rule holds only on numbers: what was not reported, is not a number or cannot be compared never
 * lets a challenger pass.
 */
public final class GateEvaluator {
    private GateEvaluator() {}

    /**
     * @param champion the version in use; without one, rules that compare with it hold
     * @param metrics what the challenger's training step reported of both models, see {@link StepReport.Subject#role()}
     */
    public static GateVerdict judge(
            List<GateRule> rules,
            ModelVersion challenger,
            Optional<ModelVersion> champion,
            List<StepReport.Metric> metrics) {
        MeasuredValues values = new MeasuredValues(metrics, challenger.model());
        List<RuleVerdict> verdicts = rules.stream()
                .map(rule -> judge(rule, champion.isPresent(), values))
                .toList();
        boolean accepted = verdicts.stream().allMatch(RuleVerdict::holds);
        return new GateVerdict(
                accepted,
                explanation(accepted, challenger, verdicts),
                challenger.version(),
                champion.map(ModelVersion::version),
                verdicts);
    }

    private static RuleVerdict judge(GateRule rule, boolean hasChampion, MeasuredValues values) {
        if (rule.comparesWithChampion() && !hasChampion) {
            return new RuleVerdict(
                    rule.source(), true, Optional.empty(), Optional.empty(), "no champion to compare with");
        }
        SideValue left = SideValue.of(rule.left(), values);
        SideValue right = SideValue.of(rule.right(), values);
        List<String> missing = java.util.stream.Stream.concat(left.problems().stream(), right.problems().stream())
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            return new RuleVerdict(
                    rule.source(), false, boxed(left.value()), boxed(right.value()), String.join("; ", missing));
        }
        double leftValue = left.value().orElseThrow();
        double rightValue = right.value().orElseThrow();
        boolean holds = rule.comparison().holds(leftValue, rightValue);
        String explanation =
                left.text() + (holds ? " is " : " is not ") + rule.comparison().symbol() + " " + right.text();
        return new RuleVerdict(rule.source(), holds, Optional.of(leftValue), Optional.of(rightValue), explanation);
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static String explanation(boolean accepted, ModelVersion challenger, List<RuleVerdict> verdicts) {
        String who = challenger.model() + " version " + challenger.version();
        String reasons = verdicts.stream()
                .filter(verdict -> verdict.holds() == accepted)
                .map(RuleVerdict::explanation)
                .distinct()
                .collect(Collectors.joining("; "));
        if (!accepted) {
            return who + " is turned away: " + reasons;
        }
        return who + " becomes champion" + (reasons.isEmpty() ? ": the gate has no rules" : ": " + reasons);
    }
}
