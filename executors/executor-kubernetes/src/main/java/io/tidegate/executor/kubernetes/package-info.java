/**
 * Attempts as Kubernetes Jobs. {@link io.tidegate.executor.kubernetes.KubernetesExecutor} is the face; the client library stays in this
 * module. Imports the packages below it, the executor SPI, and the folder and log of local attempts, in which it keeps what it captures.
 */
package io.tidegate.executor.kubernetes;
