package io.tidegate.dag.parser.library;

/**
 * What libraries and the use of them may ask for.
 *
 * @param mostCharacters of the libraries together, and of the steps that templates make together
 * @param deepestNesting lists and mappings inside each other
 */
public record ExpansionLimits(int mostCharacters, int deepestNesting) {}
