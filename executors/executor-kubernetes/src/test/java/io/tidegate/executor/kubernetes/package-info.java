/** Tests of the Kubernetes executor: against an API server and a kubelet of our own, and against a real cluster. */
package io.tidegate.executor.kubernetes;
