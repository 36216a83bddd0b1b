/**
 * The validated graph: edges that follow from data, checked names and data classes. Sits on top of the definition; the definition
 * never imports it.
 */
package io.tidegate.dag.graph;
