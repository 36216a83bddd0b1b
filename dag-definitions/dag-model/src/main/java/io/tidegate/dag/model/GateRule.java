package io.tidegate.dag.model;

import java.util.List;
import java.util.Objects;

/**
 * One rule of a gate: a measured value of the challenger held against numbers and values of the champion, for example
 * {@code challenger.log_loss <= champion.log_loss - 0.002}.
 *
 * @param source the rule as written
 * @param left what is held against the bound
 * @param right the bound: a sum
 */
public record GateRule(String source, Sum left, Comparison comparison, Sum right) {
    public GateRule {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(left, "left");
        Objects.requireNonNull(comparison, "comparison");
        Objects.requireNonNull(right, "right");
    }

    /** Whether a value of the champion is named; such a rule holds when there is no champion to compare with. */
    public boolean comparesWithChampion() {
        return left.namesChampion() || right.namesChampion();
    }

    /** Terms added up, each with its sign. */
    public record Sum(List<SignedTerm> terms) {
        public Sum {
            terms = List.copyOf(terms);
            if (terms.isEmpty()) {
                throw new IllegalArgumentException("a side of a gate rule is empty");
            }
        }

        boolean namesChampion() {
            return terms.stream().map(SignedTerm::term).anyMatch(Term::needsChampion);
        }
    }

    /**
     * @param sign 1 or -1
     */
    public record SignedTerm(int sign, Term term) {
        public SignedTerm {
            Objects.requireNonNull(term, "term");
            if (sign != 1 && sign != -1) {
                throw new IllegalArgumentException("sign must be 1 or -1, not " + sign);
            }
        }
    }

    /** A number or something measured. */
    public sealed interface Term {
        /** Whether it has no value without a champion. */
        boolean needsChampion();
    }

    /** A number written in the rule; {@code 5%} is 0.05. */
    public record Constant(double value) implements Term {
        @Override
        public boolean needsChampion() {
            return false;
        }
    }

    /** A metric of one of the two models on the held-out slice. */
    public record Measured(ModelRole role, String metric) implements Term {
        @Override
        public boolean needsChampion() {
            return role == ModelRole.CHAMPION;
        }
    }

    /**
     * {@code worst_slice(column).metric.increase}: the largest relative increase of the metric from champion to challenger among the
     * slices of a column, 0.05 being five percent.
     */
    public record WorstSliceIncrease(String column, String metric) implements Term {
        @Override
        public boolean needsChampion() {
            return true;
        }
    }
}
