package io.tidegate.dag.step;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A boolean form over results of steps, for example {@code (a.succeeded || a.skipped) && !b.failed}. Its {@code toString} is the form in one
 * spelling: one space around signs, and no brackets but those that are needed.
 */
public record ResultCondition(Term term) implements RunWhen {
    public ResultCondition {
        Objects.requireNonNull(term, "term");
    }

    /** A part of the form. */
    public sealed interface Term {
        /**
         * Whether it holds; empty as long as results that are still to come may decide it.
         *
         * <p>Three-valued logic: Kleene, S. C.: Introduction to Metamathematics. North-Holland 1952, section 64.
         */
        Optional<Boolean> holds(Function<StepId, Optional<StepResult>> results);

        /** The steps it names. */
        Stream<StepId> steps();
    }

    /** The step ended with the result. */
    public record Ended(StepId step, StepResult result) implements Term {
        public Ended {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(result, "result");
        }

        @Override
        public Optional<Boolean> holds(Function<StepId, Optional<StepResult>> results) {
            return results.apply(step).map(result::equals);
        }

        @Override
        public Stream<StepId> steps() {
            return Stream.of(step);
        }

        @Override
        public String toString() {
            return step + "." + result.word();
        }
    }

    /** The part does not hold. */
    public record Not(Term negated) implements Term {
        @Override
        public Optional<Boolean> holds(Function<StepId, Optional<StepResult>> results) {
            return negated.holds(results).map(holds -> !holds);
        }

        @Override
        public Stream<StepId> steps() {
            return negated.steps();
        }

        @Override
        public String toString() {
            return "!" + bracketed(negated, negated instanceof All || negated instanceof Any);
        }
    }

    /** All parts hold. */
    public record All(List<Term> terms) implements Term {
        public All {
            terms = List.copyOf(terms);
        }

        @Override
        public Optional<Boolean> holds(Function<StepId, Optional<StepResult>> results) {
            return decided(terms, results, false);
        }

        @Override
        public Stream<StepId> steps() {
            return terms.stream().flatMap(Term::steps);
        }

        @Override
        public String toString() {
            return terms.stream()
                    .map(term -> bracketed(term, term instanceof Any))
                    .collect(Collectors.joining(" && "));
        }
    }

    /** At least one part holds. */
    public record Any(List<Term> terms) implements Term {
        public Any {
            terms = List.copyOf(terms);
        }

        @Override
        public Optional<Boolean> holds(Function<StepId, Optional<StepResult>> results) {
            return decided(terms, results, true);
        }

        @Override
        public Stream<StepId> steps() {
            return terms.stream().flatMap(Term::steps);
        }

        @Override
        public String toString() {
            return terms.stream().map(Term::toString).collect(Collectors.joining(" || "));
        }
    }

    /** The steps it names, in the order in which they are named. */
    public Set<StepId> steps() {
        return term.steps().collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public String toString() {
        return term.toString();
    }

    /** One part with the deciding value decides, whatever the others say. */
    private static Optional<Boolean> decided(
            List<Term> terms, Function<StepId, Optional<StepResult>> results, boolean deciding) {
        boolean open = false;
        for (Term term : terms) {
            Optional<Boolean> holds = term.holds(results);
            if (holds.isPresent() && holds.get() == deciding) {
                return holds;
            }
            open |= holds.isEmpty();
        }
        return open ? Optional.empty() : Optional.of(!deciding);
    }

    private static String bracketed(Term term, boolean needed) {
        return needed ? "(" + term + ")" : term.toString();
    }
}
