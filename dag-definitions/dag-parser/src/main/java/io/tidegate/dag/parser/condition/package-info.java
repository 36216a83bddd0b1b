/**
 * Conditions of steps: which names they may use, and their compilation. Knows the model and the module of conditions; the language above it
 * imports it, and so may whoever evaluates conditions.
 */
package io.tidegate.dag.parser.condition;
