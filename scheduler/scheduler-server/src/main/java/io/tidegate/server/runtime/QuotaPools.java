package io.tidegate.server.runtime;

import io.tidegate.dag.step.PoolName;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.server.settings.ConfiguredPools.Quota;
import io.tidegate.server.settings.SettingsException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives pools as many places as a quota of a cluster allows. While a cluster does not tell, they keep the size they had. */
final class QuotaPools {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaPools.class);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final PlaceStore store;
    private final Optional<Quotas> clusters;
    private final Map<PoolName, Quota> quotas;
    private final InstantSource clock;

    /** What clusters say of quotas. */
    @FunctionalInterface
    interface Quotas {
        /**
         * How much of a resource is allowed; empty when no quota speaks of it.
         *
         * @throws IllegalStateException when the cluster does not say
         */
        OptionalInt allowed(Optional<String> cluster, Optional<String> namespace, String resource);
    }

    /** @param clusters absent when the server works with none */
    QuotaPools(PlaceStore store, Optional<Quotas> clusters, Map<PoolName, Quota> quotas, InstantSource clock) {
        this.store = store;
        this.clusters = clusters;
        this.quotas = quotas;
        this.clock = clock;
        if (!quotas.isEmpty() && clusters.isEmpty()) {
            throw new SettingsException(
                    "pools: " + quotas.keySet() + " follow quotas of clusters, and 'kubernetes' names none");
        }
    }

    /** Looks at the quotas now and then; a server without such pools does nothing. */
    void start(Loops loops) {
        if (!quotas.isEmpty()) {
            loops.every("quotas", EVERY, this::round);
        }
    }

    private void round() {
        quotas.forEach(this::follow);
    }

    private void follow(PoolName pool, Quota quota) {
        try {
            OptionalInt allowed = clusters.orElseThrow().allowed(quota.cluster(), quota.namespace(), quota.resource());
            if (allowed.isEmpty()) {
                LOG.warn("pool {} keeps its size: there is no {}", pool, quota);
            } else if (size(pool).filter(size -> size == allowed.getAsInt()).isEmpty()) {
                store.set(pool, allowed.getAsInt(), new Audit("quota", quota.toString(), clock.instant()));
            }
        } catch (IllegalStateException silent) {
            LOG.warn("pool {} keeps its size: {}", pool, silent.getMessage());
        }
    }

    private Optional<Integer> size(PoolName pool) {
        return store.pools().stream()
                .filter(known -> known.name().equals(pool))
                .map(Pool::places)
                .findFirst();
    }
}
