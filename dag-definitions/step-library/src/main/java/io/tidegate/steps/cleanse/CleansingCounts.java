package io.tidegate.steps.cleanse;

import java.util.List;

/**
 * What became of the rows.
 *
 * @param read all rows
 * @param clean rows that went on
 * @param quarantined rows that went to the quarantine dataset
 * @param rules what each rule did, in the order of the rules
 */
public record CleansingCounts(long read, long clean, long quarantined, List<OfRule> rules) {
    public CleansingCounts {
        rules = List.copyOf(rules);
    }

    /**
     * @param broken rows that break the rule, mended ones not counted
     * @param mended rows that broke it and were mended
     */
    public record OfRule(Rule rule, long broken, long mended) {}

    /** Rows that were left out and only counted. */
    public long dropped() {
        return read - clean - quarantined;
    }

    /** Share of rows, from 0 to 1, that did not go on: quarantined or dropped. */
    public double rejectedShare() {
        return read == 0 ? 0 : (double) (read - clean) / read;
    }

    /** Share of rows, from 0 to 1, that break a rule. */
    public double share(OfRule rule) {
        return read == 0 ? 0 : (double) rule.broken() / read;
    }

    /** The rules by how many rows break them, for messages; empty text when none does. */
    public String worst() {
        return rules.stream()
                .filter(rule -> rule.broken() > 0)
                .sorted(java.util.Comparator.comparingLong(OfRule::broken).reversed())
                .limit(3)
                .map(rule -> rule.rule().name() + " " + rule.broken())
                .collect(java.util.stream.Collectors.joining(", "));
    }
}
