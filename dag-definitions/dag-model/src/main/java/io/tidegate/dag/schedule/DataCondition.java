package io.tidegate.dag.schedule;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.name.DagReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which data must be there for an interval before the interval is run. */
public sealed interface DataCondition {
    /** Whether it holds, where {@code present} says which datasets have their partition. */
    boolean holds(Predicate<Source> present);

    /** The datasets it names, in the author's order. */
    Set<Source> sources();

    /** How people read it, as a part of a sentence. */
    String describe();

    /** The partition of the interval of a dataset that a DAG writes or waits for. */
    record Source(DagReference dag, DatasetName dataset) implements DataCondition {
        public Source {
            Objects.requireNonNull(dag, "dag");
            Objects.requireNonNull(dataset, "dataset");
        }

        @Override
        public boolean holds(Predicate<Source> present) {
            return present.test(this);
        }

        @Override
        public Set<Source> sources() {
            return Set.of(this);
        }

        @Override
        public String describe() {
            return toString();
        }

        @Override
        public String toString() {
            return dag + "." + dataset;
        }
    }

    /** All of them. */
    record All(List<DataCondition> of) implements DataCondition {
        public All {
            of = requireSome(of);
        }

        @Override
        public boolean holds(Predicate<Source> present) {
            return of.stream().allMatch(part -> part.holds(present));
        }

        @Override
        public Set<Source> sources() {
            return sourcesOf(of);
        }

        @Override
        public String describe() {
            return joined(of, " and ");
        }
    }

    /** At least one of them. */
    record Any(List<DataCondition> of) implements DataCondition {
        public Any {
            of = requireSome(of);
        }

        @Override
        public boolean holds(Predicate<Source> present) {
            return of.stream().anyMatch(part -> part.holds(present));
        }

        @Override
        public Set<Source> sources() {
            return sourcesOf(of);
        }

        @Override
        public String describe() {
            return joined(of, " or ");
        }
    }

    private static List<DataCondition> requireSome(List<DataCondition> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a condition over data names at least one dataset");
        }
        return List.copyOf(parts);
    }

    private static Set<Source> sourcesOf(List<DataCondition> parts) {
        Set<Source> sources = new LinkedHashSet<>();
        parts.forEach(part -> sources.addAll(part.sources()));
        return sources;
    }

    private static String joined(List<DataCondition> parts, String word) {
        return parts.stream()
                .map(part -> part instanceof Source ? part.describe() : "(" + part.describe() + ")")
                .collect(Collectors.joining(word));
    }
}
