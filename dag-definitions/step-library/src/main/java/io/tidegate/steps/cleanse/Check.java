package io.tidegate.steps.cleanse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/** What a rule demands. A missing value breaks {@link Required} and nothing else. */
public sealed interface Check {
    /** The column must have a value. */
    record Required() implements Check {}

    /** The column's value must be of a type. */
    record OfType(ColumnType type) implements Check {
        public OfType {
            Objects.requireNonNull(type, "type");
        }
    }

    /**
     * The value must lie in a range, ends included. Bounds are texts that read as the column's type.
     *
     * @param least absent means no lower bound
     * @param most absent means no upper bound
     */
    record Range(Optional<String> least, Optional<String> most) implements Check {
        public Range {
            Objects.requireNonNull(least, "least");
            Objects.requireNonNull(most, "most");
        }
    }

    /** The value must be one of those known. */
    record Codes(SortedSet<String> known) implements Check {
        public Codes {
            known = java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(known));
        }
    }

    /** The whole text must match a regular expression. */
    record Matches(String expression) implements Check {
        public Matches {
            Objects.requireNonNull(expression, "expression");
        }
    }

    /** No two rows may have the same values in these columns: the first in the order of their content stays. */
    record Unique(List<String> columns) implements Check {
        public Unique {
            columns = List.copyOf(columns);
        }
    }
}
