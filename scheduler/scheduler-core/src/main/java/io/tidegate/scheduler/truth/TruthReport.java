package io.tidegate.scheduler.truth;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Both sides of everything that goes on, at one look.
 *
 * @param clusters who was asked, and who did not answer
 * @param rows an attempt or a job each; contradictions first
 */
public record TruthReport(Instant lookedAt, List<AskedCluster> clusters, List<TruthRow> rows) {
    public TruthReport {
        Objects.requireNonNull(lookedAt, "lookedAt");
        clusters = List.copyOf(clusters);
        rows = List.copyOf(rows);
    }

    /**
     * @param jobs how many jobs with our mark it has, running and ended
     * @param problem why it does not say; absent when it answered
     */
    public record AskedCluster(String executor, String cluster, int jobs, Optional<String> problem) {
        public AskedCluster {
            Objects.requireNonNull(executor, "executor");
            Objects.requireNonNull(cluster, "cluster");
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** How many attempts and jobs the two sides contradict each other about. */
    public long disagreements() {
        return rows.stream().filter(row -> row.verdict().isDisagreement()).count();
    }
}
