/**
 * The language of test files: its tables of fields, from which both the reading and the schema come, and the records that they make. Knows
 * nothing of how tests are run. May import what the definition language may, not the definition language itself.
 */
package io.tidegate.dag.parser.testfile;
