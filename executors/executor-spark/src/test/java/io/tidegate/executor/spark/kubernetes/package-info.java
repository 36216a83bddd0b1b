/** Tests of Spark on Kubernetes. */
package io.tidegate.executor.spark.kubernetes;
