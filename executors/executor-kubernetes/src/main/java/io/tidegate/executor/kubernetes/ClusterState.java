package io.tidegate.executor.kubernetes;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How well the server sees a cluster.
 *
 * @param cluster the cluster's name
 * @param watching whether all watches are open; while they are not, ends are found by the next listing
 * @param lastListed when everything was last listed; absent before the first time
 * @param problem why the last listing failed; absent when it succeeded
 */
public record ClusterState(String cluster, boolean watching, Optional<Instant> lastListed, Optional<String> problem) {
    public ClusterState {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(lastListed, "lastListed");
        Objects.requireNonNull(problem, "problem");
    }
}
