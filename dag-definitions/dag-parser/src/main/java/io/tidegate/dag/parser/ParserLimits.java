package io.tidegate.dag.parser;

/**
 * What a file may ask of the parser.
 *
 * @param largestFile bytes
 * @param mostSteps steps of a DAG
 * @param deepestNesting lists and mappings inside each other
 */
public record ParserLimits(int largestFile, int mostSteps, int deepestNesting) {
    /** 16 MiB, in which 20,000 verbose steps have room. */
    public static final ParserLimits DEFAULT = new ParserLimits(16 * 1024 * 1024, 20_000, 50);

    public ParserLimits {
        if (largestFile < 1 || mostSteps < 1 || deepestNesting < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
