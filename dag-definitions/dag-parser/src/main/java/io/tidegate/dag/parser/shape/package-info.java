/**
 * Building blocks of a language: types of values that read themselves from YAML nodes and describe themselves as JSON Schema, so that
 * parser and schema say the same. Knows nothing of the fields of a DAG; may import nodes, notations and problems.
 */
package io.tidegate.dag.parser.shape;
