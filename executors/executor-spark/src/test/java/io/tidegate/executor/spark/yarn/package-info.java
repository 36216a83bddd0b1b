/** Tests of Spark on YARN that need no cluster. */
package io.tidegate.executor.spark.yarn;
