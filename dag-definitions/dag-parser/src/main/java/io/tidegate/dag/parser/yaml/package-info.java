/**
 * YAML to nodes with positions, without the parts of YAML that hide what is meant. Knows nothing of DAGs; may import problems only.
 */
package io.tidegate.dag.parser.yaml;
