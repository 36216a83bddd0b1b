package io.tidegate.executor;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything of ours that one cluster has, as the cluster itself says: the other side of the books.
 *
 * @param cluster the name of the cluster; {@code local} for this machine
 * @param problem why the cluster does not say; absent when it answered
 * @param jobs all jobs that this installation made, and those that carry no installation's mark, running and ended, in no order; empty when
 *     it does not say
 */
public record ClusterListing(String cluster, Optional<String> problem, List<ListedJob> jobs) {
    public ClusterListing {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(problem, "problem");
        jobs = List.copyOf(jobs);
    }

    public static ClusterListing of(String cluster, List<ListedJob> jobs) {
        return new ClusterListing(cluster, Optional.empty(), jobs);
    }

    public static ClusterListing unknown(String cluster, String problem) {
        return new ClusterListing(cluster, Optional.of(problem), List.of());
    }

    /**
     * A job as the cluster sees it.
     *
     * @param phase the cluster's own word for its state, for people
     * @param active whether anything of it may still be running
     * @param marked whether it says that this installation made it; a job from before there were marks does not say who did
     * @param since when it was made, as the cluster says; absent when it does not
     */
    public record ListedJob(ExternalJob job, String phase, boolean active, boolean marked, Optional<Instant> since) {
        public ListedJob {
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(since, "since");
        }
    }
}
