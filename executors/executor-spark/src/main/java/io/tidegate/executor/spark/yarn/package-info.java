/** Spark on YARN, asked through Hadoop's client. The only package that knows Hadoop. */
package io.tidegate.executor.spark.yarn;
