/** From a container's log with timestamps to the attempt's log without them, with a place to go on from. Knows no cluster. */
package io.tidegate.executor.kubernetes.log;
