package io.tidegate.scheduler.truth;

import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.LaunchKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Both sides of one attempt.
 *
 * @param cluster where the job is; empty text when no cluster has it
 * @param ours what our books say; empty when they do not know it
 * @param theirs what the cluster says; empty when it has nothing of it
 * @param since since when the two sides have stood like this, as far as this server has looked
 */
public record TruthRow(
        LaunchKey key,
        String executor,
        String cluster,
        Optional<BookedAttempt> ours,
        Optional<ListedJob> theirs,
        Verdict verdict,
        Instant since) {
    public TruthRow {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(ours, "ours");
        Objects.requireNonNull(theirs, "theirs");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(since, "since");
    }

    TruthRow since(Instant earlier) {
        return new TruthRow(key, executor, cluster, ours, theirs, verdict, earlier);
    }
}
