package io.tidegate.dag.parser;

import io.tidegate.dag.parser.library.ExpansionLimits;

/**
 * What a file may ask of the parser.
 *
 * @param largestFile bytes
 * @param mostSteps steps of a DAG; a server's configuration calls it {@code definitions.most_steps}
 * @param deepestNesting lists and mappings inside each other
 */
public record ParserLimits(int largestFile, int mostSteps, int deepestNesting) {
    /** 16 MiB, in which 20,000 verbose steps have room. */
    public static final ParserLimits DEFAULT = new ParserLimits(16 * 1024 * 1024, 20_000, 50);

    /** What all steps together may name in {@code needs} and {@code inputs}: edges cost memory while the DAG is in use. */
    static final long MOST_REFERENCES = 1_000_000;

    public ParserLimits {
        if (largestFile < 1 || mostSteps < 1 || deepestNesting < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** The same with another number of steps. */
    public ParserLimits withMostSteps(int steps) {
        return new ParserLimits(largestFile, steps, deepestNesting);
    }

    /** Libraries may be as large as a file, and so may what becomes of them. */
    ExpansionLimits expansion() {
        return new ExpansionLimits(largestFile, deepestNesting);
    }
}
