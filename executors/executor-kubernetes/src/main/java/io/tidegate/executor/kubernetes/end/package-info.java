/** From what the cluster says of a Job and its pod to how the attempt ended: pure functions, without a cluster. */
package io.tidegate.executor.kubernetes.end;
