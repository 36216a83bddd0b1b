/**
 * The face a cluster shows the Spark executor, and the parts that all clusters share. Imports the executor SPI; the kinds of clusters and
 * the executor import it.
 */
package io.tidegate.executor.spark.cluster;
