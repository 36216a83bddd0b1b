/** The small notations inside values: durations, bounds, gate rules and their like. Text in, value out; knows nothing of YAML. */
package io.tidegate.dag.parser.text;
