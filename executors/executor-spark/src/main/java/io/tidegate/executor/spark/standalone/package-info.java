/** Spark's own cluster manager, asked through the web pages of its master and workers. */
package io.tidegate.executor.spark.standalone;
