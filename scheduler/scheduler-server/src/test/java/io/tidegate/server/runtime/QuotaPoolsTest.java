package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.server.settings.ConfiguredPools.Quota;
import io.tidegate.server.settings.SettingsException;
import io.tidegate.server.testing.Waiting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools that have as many places as a quota of a cluster allows, round by round. */
final class QuotaPoolsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2001-01-01T00:00:00Z"));
    private static final Quota JOBS = new Quota(Optional.of("farm"), Optional.of("training"), "count/jobs.batch");
    private static final Quota GPUS = new Quota(Optional.empty(), Optional.empty(), "requests.nvidia.com/gpu");

    private final Loops loops = new Loops(CLOCK, System::nanoTime);
    private final Places store = new Places();
    private final AtomicInteger questions = new AtomicInteger();

    /** What the cluster says, by resource; nothing of others. */
    private final Map<String, Integer> hard = new ConcurrentHashMap<>();

    private volatile boolean silent;

    @AfterEach
    void end() {
        loops.close();
    }

    private void start() {
        Map<PoolName, Quota> quotas = Map.of(new PoolName("jobs"), JOBS, new PoolName("gpus"), GPUS);
        new QuotaPools(store, Optional.of(this::allowed), quotas, CLOCK).start(loops);
    }

    private OptionalInt allowed(Optional<String> cluster, Optional<String> namespace, String resource) {
        questions.incrementAndGet();
        boolean first = resource.equals(JOBS.resource());
        assertThat(cluster).isEqualTo(first ? JOBS.cluster() : GPUS.cluster());
        assertThat(namespace).isEqualTo(first ? JOBS.namespace() : GPUS.namespace());
        if (silent) {
            throw new IllegalStateException("cluster 'farm' does not tell the quotas of namespace training: timeout");
        }
        return hard.containsKey(resource) ? OptionalInt.of(hard.get(resource)) : OptionalInt.empty();
    }

    /** Until each pool has been looked at once more, from now on. */
    private void round() {
        int before = questions.get();
        Waiting.until(() -> {
            loops.wake("quotas");
            return questions.get() >= before + 3;
        });
    }

    @Test
    void poolsGetTheSizeOfTheirQuotaAndFollowIt() {
        hard.put(JOBS.resource(), 3);
        hard.put(GPUS.resource(), 2);
        start();
        Waiting.until(() -> store.history.size() == 2);
        assertThat(store.history)
                .containsExactlyInAnyOrder(
                        "jobs=3 by quota of count/jobs.batch in namespace training of cluster farm",
                        "gpus=2 by quota of requests.nvidia.com/gpu");

        hard.put(JOBS.resource(), 5);
        loops.wake("quotas");

        Waiting.until(() -> store.places.get(new PoolName("jobs")) == 5);
        assertThat(store.history).as("what stays is not written anew").hasSize(3);
    }

    @Test
    void aPoolKeepsItsSizeWhileTheClusterSaysNothing() {
        hard.put(JOBS.resource(), 3);
        start();
        Waiting.until(() -> store.history.size() == 1);

        silent = true;
        round();
        silent = false;
        hard.remove(JOBS.resource());
        round();
        assertThat(store.places).containsExactly(Map.entry(new PoolName("jobs"), 3));

        hard.put(JOBS.resource(), 4);
        loops.wake("quotas");
        Waiting.until(() -> store.places.get(new PoolName("jobs")) == 4);
    }

    @Test
    void aQuotaNeedsACluster() {
        assertThatThrownBy(() -> new QuotaPools(store, Optional.empty(), Map.of(new PoolName("jobs"), JOBS), CLOCK))
                .isInstanceOf(SettingsException.class)
                .hasMessage("pools: [jobs] follow quotas of clusters, and 'kubernetes' names none");
    }

    /** Sizes of pools, and who set them. */
    private static final class Places implements PlaceStore {
        private final Map<PoolName, Integer> places = new ConcurrentHashMap<>();
        private final List<String> history = new CopyOnWriteArrayList<>();

        @Override
        public List<Pool> pools() {
            return places.entrySet().stream()
                    .map(pool -> new Pool(pool.getKey(), pool.getValue(), Optional.empty(), CLOCK.instant(), "quota"))
                    .toList();
        }

        @Override
        public Pool set(PoolName pool, int size, Audit by) {
            assertThat(by.actor()).isEqualTo("quota");
            places.put(pool, size);
            history.add(pool + "=" + size + " by " + by.reason());
            return new Pool(pool, size, Optional.empty(), by.at(), by.actor());
        }

        @Override
        public Set<LaunchKey> grant(Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Standing standing() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean remove(PoolName pool, Audit by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void declare(Map<PoolName, Integer> configured, Audit by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PoolEvent> history(int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
