/** Datasets, their data classes and references to their partitions. May import only {@code io.tidegate.dag} and templates. */
package io.tidegate.dag.data;
