package io.tidegate.scheduler.publication;

import io.tidegate.dag.model.GateRule.Constant;
import io.tidegate.dag.model.GateRule.Measured;
import io.tidegate.dag.model.GateRule.SignedTerm;
import io.tidegate.dag.model.GateRule.Sum;
import io.tidegate.dag.model.GateRule.Term;
import io.tidegate.dag.model.GateRule.WorstSliceIncrease;
import io.tidegate.dag.model.ModelRole;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One side of a gate rule with its numbers filled in.
 *
 * @param value the sum, absent when a part of it is
 * @param text the side for people, with each name followed by its number
 * @param problems what is missing, one sentence each
 */
record SideValue(OptionalDouble value, String text, List<String> problems) {
    /** A term's value and how it is said, or what is missing. */
    private record TermValue(double value, String text, Optional<String> problem) {
        static TermValue missing(String problem) {
            return new TermValue(Double.NaN, "", Optional.of(problem));
        }

        static TermValue of(double value, String text) {
            return new TermValue(value, text, Optional.empty());
        }
    }

    static SideValue of(Sum sum, MeasuredValues values) {
        double total = 0;
        StringBuilder text = new StringBuilder();
        List<String> problems = new ArrayList<>();
        for (SignedTerm signed : sum.terms()) {
            TermValue term = term(signed.term(), values);
            term.problem().ifPresent(problems::add);
            total += signed.sign() * term.value();
            String sign = signed.sign() < 0 ? "-" : "+";
            text.append(text.isEmpty() ? (signed.sign() < 0 ? "-" : "") : " " + sign + " ")
                    .append(term.text());
        }
        if (problems.isEmpty() && Double.isNaN(total)) {
            problems.add(text + " is not a number");
        }
        if (!problems.isEmpty()) {
            return new SideValue(OptionalDouble.empty(), text.toString(), problems);
        }
        String sumText = sum.terms().size() > 1 ? number(total) + " (" + text + ")" : text.toString();
        return new SideValue(OptionalDouble.of(total), sumText, List.of());
    }

    private static TermValue term(Term term, MeasuredValues values) {
        if (term instanceof Measured measured) {
            return measured(measured, values);
        }
        if (term instanceof WorstSliceIncrease worst) {
            return worstSlice(worst, values);
        }
        double value = ((Constant) term).value();
        return TermValue.of(
                value, BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
    }

    private static TermValue measured(Measured term, MeasuredValues values) {
        String name = term.role().word() + "." + term.metric();
        Optional<Double> value = values.overall(term.role(), term.metric());
        if (value.isEmpty()) {
            return TermValue.missing(name + " was not reported by the training step");
        }
        return TermValue.of(value.orElseThrow(), name + " " + number(value.orElseThrow()));
    }

    private static TermValue worstSlice(WorstSliceIncrease term, MeasuredValues values) {
        Map<String, Double> before = values.slices(ModelRole.CHAMPION, term.column(), term.metric());
        Map<String, Double> after = values.slices(ModelRole.CHALLENGER, term.column(), term.metric());
        String worst = "";
        double largest = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Double> slice : before.entrySet()) {
            Double challenger = after.get(slice.getKey());
            if (challenger == null) {
                continue;
            }
            double increase = increase(slice.getValue(), challenger);
            if (Double.isNaN(increase)) {
                return TermValue.missing(
                        term.metric() + " of " + term.column() + " " + slice.getKey() + " is not a number");
            }
            if (worst.isEmpty() || increase > largest) {
                largest = increase;
                worst = slice.getKey();
            }
        }
        if (worst.isEmpty()) {
            return TermValue.missing(term.metric() + " by " + term.column()
                    + " was not reported for any slice of both champion and challenger");
        }
        String text = term.metric() + " increase of " + percent(largest) + " in the worst " + term.column() + ", "
                + worst + " (" + number(before.get(worst)) + " to " + number(after.get(worst)) + "),";
        return TermValue.of(largest, text);
    }

    /** Relative to the champion's size, so that a metric below zero still counts upwards as an increase. */
    private static double increase(double champion, double challenger) {
        if (champion == challenger) {
            return 0;
        }
        return (challenger - champion) / Math.abs(champion);
    }

    private static String percent(double share) {
        return Double.isFinite(share) ? number(share * 100) + "%" : String.valueOf(share);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
