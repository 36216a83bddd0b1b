/** Spark on Kubernetes, asked through its REST API with what a kubeconfig or a pod's service account says. */
package io.tidegate.executor.spark.kubernetes;
