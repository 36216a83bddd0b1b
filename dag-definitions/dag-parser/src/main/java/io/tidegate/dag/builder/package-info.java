/**
 * DAGs made by a program. The words are those of the language, the checks are the parser's: what comes out is what a person would have
 * written. Imports the parser; nothing of Tidegate imports this.
 */
package io.tidegate.dag.builder;
