package io.tidegate.scheduler.pool;

import io.tidegate.dag.step.PoolName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A pool as it is kept.
 *
 * @param places how many there are
 * @param configured how many the servers' configuration says; empty for a pool that people made
 * @param changedAt when its size was last set
 * @param changedBy who did so
 */
public record Pool(PoolName name, int places, Optional<Integer> configured, Instant changedAt, String changedBy) {
    public Pool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(configured, "configured");
        Objects.requireNonNull(changedAt, "changedAt");
        Objects.requireNonNull(changedBy, "changedBy");
    }
}
