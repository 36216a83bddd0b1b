/**
 * Attempts as Spark applications: each one a {@code spark-submit} of its own, started as a local process. Keeps a class-data archive
 * for each Spark home and Java runtime, so that short applications start fast. Imports the executor SPI and the process executor; Spark
 * itself stays in its home and off this class path.
 */
package io.tidegate.executor.spark;
