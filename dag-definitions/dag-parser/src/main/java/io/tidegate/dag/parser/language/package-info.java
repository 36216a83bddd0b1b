/**
 * The definition language: its tables of fields, from which both the parser and the schema come, and what turns their values into a
 * definition. May import everything below the parser's face.
 */
package io.tidegate.dag.parser.language;
