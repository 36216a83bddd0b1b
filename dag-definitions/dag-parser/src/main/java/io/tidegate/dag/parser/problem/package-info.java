/** What is wrong with a DAG file, where, and how it is shown. Knows nothing of YAML or of DAGs. */
package io.tidegate.dag.parser.problem;
