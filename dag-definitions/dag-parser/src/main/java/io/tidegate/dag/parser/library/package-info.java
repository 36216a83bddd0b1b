/**
 * Step templates: the fields of library files, and what becomes of the steps of a DAG that use them. Works on nodes, before any step is
 * read, so that a step that comes from a template is held to the same rules as any other. May import nodes, shapes, notations and problems.
 */
package io.tidegate.dag.parser.library;
