package io.tidegate.scheduler.store;

import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.PlaceRequest;
import io.tidegate.scheduler.pool.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pools, and who has places. Who has any follows from attempts that go on, so that no count can be wrong. All servers on one database see
 * and keep the same limits.
 */
public interface PlaceStore {
    /** All pools and all requests of attempts that go on, as of one moment. */
    record Standing(List<Pool> pools, List<PlaceRequest> requests) {
        public Standing {
            pools = List.copyOf(pools);
            requests = List.copyOf(requests);
        }
    }

    /**
     * Gives places to those whose turn it is by {@link io.tidegate.scheduler.pool.PlaceRule}, whichever server they are of, provided it is
     * alive. One call at a time on one database.
     *
     * @param now for how long requests have waited
     * @return every attempt that goes on and has its places
     */
    Set<LaunchKey> grant(Instant now);

    /** How things stand. */
    Standing standing();

    /** All pools by name. */
    List<Pool> pools();

    /** Makes a pool or gives it another size. What is held beyond the new size stays held until its attempts end. */
    Pool set(PoolName pool, int places, Audit by);

    /** Takes a pool away; false when there is none. What waits for it goes on waiting. */
    boolean remove(PoolName pool, Audit by);

    /**
     * Takes in what this server's configuration says. A size that people have set since stays, unless the configuration says another one
     * than it did before.
     */
    void declare(Map<PoolName, Integer> configured, Audit by);

    /**
     * A line of the pools' history.
     *
     * @param type {@code pool_set} or {@code pool_removed}
     * @param places the new size; 0 for a pool that was removed
     */
    record PoolEvent(Instant at, PoolName pool, String type, int places, String actor, String reason) {}

    /** The newest lines of the pools' history, newest first. */
    List<PoolEvent> history(int limit);
}
