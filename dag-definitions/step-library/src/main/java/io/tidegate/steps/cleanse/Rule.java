package io.tidegate.steps.cleanse;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One rule.
 *
 * @param name unique in its file; metrics and rejected rows carry it
 * @param column the column it is about; empty for a rule about whole rows
 * @param check what it demands
 * @param fixes how a bad value is mended first, in this order
 * @param otherwise what happens with a row that is bad and was not mended
 * @param failBeyond share of rows, from 0 to 1, that may break the rule before the whole step fails; mended rows do not count
 */
public record Rule(
        String name, String column, Check check, List<Fix> fixes, Otherwise otherwise, OptionalDouble failBeyond) {

    /** What happens with a bad row. */
    public enum Otherwise {
        /** It goes to the quarantine dataset, with the names of the rules it breaks. */
        QUARANTINE,
        /** It is left out and only counted. */
        DROP
    }

    public Rule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(check, "check");
        fixes = List.copyOf(fixes);
        Objects.requireNonNull(otherwise, "otherwise");
        Objects.requireNonNull(failBeyond, "failBeyond");
    }
}
