/**
 * YAML to a validated DAG, with every problem at its line and column; the canonical form and version of a DAG; the JSON Schema of the
 * language. The parser's face: imported by whoever reads DAG files, imports all of its sub-packages.
 */
package io.tidegate.dag.parser;
