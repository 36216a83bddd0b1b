package io.tidegate.scheduler.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rule against an interpreter that is slow and obvious, over days of virtual time: random pools, demands, priorities and durations. Nothing starts
 * before there is room for it, and everything that can start does.
 */
final class PlaceReferenceTest {
    private static final int TRIALS_PER_BATCH = 30;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void theRuleAgreesWithTheReferenceAndNobodyStarves(int batch) {
        for (int number = 0; number < TRIALS_PER_BATCH; number++) {
            new Trial(batch * TRIALS_PER_BATCH + number).run();
        }
    }

    /** Small and urgent attempts come faster than they can be served, for ever; one large one without priority is among them. */
    @Test
    void aLargeRequestWithoutPriorityIsServedThoughUrgentOnesNeverEnd() {
        Map<PoolName, Integer> pools = Requests.sizes(Map.of("spark", 4));
        Map<PlaceRequest, Integer> ends = new HashMap<>();
        List<PlaceRequest> waiting = new ArrayList<>();
        PlaceRequest large = Requests.of("large", 0, Requests.pool("spark", 4));
        waiting.add(large);
        for (int minute = 0; minute < 24 * 60; minute++) {
            int now = minute;
            ends.values().removeIf(end -> end <= now);
            waiting.add(Requests.of("small-" + minute, minute, Requests.pools(Map.of("spark", 1), 100)));
            for (PlaceRequest granted : grant(pools, waiting, ends, minute)) {
                if (granted.equals(large)) {
                    assertThat(minute)
                            .as(
                                    "what came in the first hundred minutes goes before it, seven minutes each on four places")
                            .isBetween(100, 100 * 7 / 4 + 15);
                    return;
                }
                ends.put(Requests.granted(granted), minute + 7);
            }
        }
        throw new AssertionError("it starved");
    }

    private static List<PlaceRequest> grant(
            Map<PoolName, Integer> pools, List<PlaceRequest> waiting, Map<PlaceRequest, Integer> holding, int minute) {
        List<PlaceRequest> all = new ArrayList<>(holding.keySet());
        all.addAll(waiting);
        List<LaunchKey> keys = PlaceRule.grants(pools, all, Requests.START.plusSeconds(60L * minute));
        List<PlaceRequest> granted =
                waiting.stream().filter(request -> keys.contains(request.key())).toList();
        waiting.removeAll(granted);
        return granted;
    }

    /** A random world, from its first attempt to its last. */
    private static final class Trial {
        private static final int LAST_ARRIVAL = 80;
        private static final int FAR_BEYOND = 20_000;

        private final int seed;
        private final Random random;
        private final Map<PoolName, Integer> pools = new TreeMap<>();
        private final List<PlaceRequest> waiting = new ArrayList<>();
        private final Map<PlaceRequest, Integer> holding = new HashMap<>();
        private int made;

        Trial(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (String name : List.of("spark", "gpu", "warehouse").subList(0, 1 + random.nextInt(3))) {
                pools.put(new PoolName(name), 1 + random.nextInt(8));
            }
        }

        void run() {
            for (int minute = 0; minute < LAST_ARRIVAL || !waiting.isEmpty(); minute++) {
                assertThat(minute).as("seed %s starves %s", seed, waiting).isLessThan(FAR_BEYOND);
                int now = minute;
                holding.values().removeIf(end -> end <= now);
                if (minute < LAST_ARRIVAL) {
                    arrive(minute);
                }
                check(minute);
                for (PlaceRequest granted : grant(pools, waiting, holding, minute)) {
                    holding.put(Requests.granted(granted), minute + 1 + random.nextInt(15));
                }
                checkRoom();
            }
        }

        private void arrive(int minute) {
            for (int count = random.nextInt(3); count > 0; count--) {
                Map<String, Integer> wanted = new HashMap<>();
                pools.forEach((pool, size) -> {
                    if (random.nextBoolean()) {
                        wanted.put(pool.value(), 1 + random.nextInt(size));
                    }
                });
                OptionalInt dag = random.nextInt(3) == 0 ? OptionalInt.of(2) : OptionalInt.empty();
                OptionalInt step = random.nextInt(3) == 0 ? OptionalInt.of(1) : OptionalInt.empty();
                int priority = random.nextBoolean() ? 0 : random.nextInt(101);
                waiting.add(Requests.of(
                        "dag" + random.nextInt(2),
                        "step" + random.nextInt(3),
                        Integer.toString(made++),
                        minute,
                        Requests.demand(wanted, dag, step, priority)));
            }
        }

        /** What the rule says and what the slow way says. */
        private void check(int minute) {
            Instant now = Requests.START.plusSeconds(60L * minute);
            List<PlaceRequest> all = new ArrayList<>(holding.keySet());
            all.addAll(waiting);
            assertThat(PlaceRule.grants(pools, all, now))
                    .as("seed %s at minute %s", seed, minute)
                    .containsExactlyInAnyOrderElementsOf(slowly(now));
        }

        private void checkRoom() {
            pools.forEach((pool, size) -> assertThat(holding.keySet().stream()
                            .mapToInt(holder -> holder.demand().pools().getOrDefault(pool, 0))
                            .sum())
                    .as("seed %s, pool %s", seed, pool)
                    .isLessThanOrEqualTo(size));
            for (PlaceRequest holder : holding.keySet()) {
                assertThat(limited(holder, this::sameDag))
                        .as("seed %s, a DAG's limit", seed)
                        .isLessThanOrEqualTo(holder.demand().dagAtOnce().orElse(Integer.MAX_VALUE));
                assertThat(limited(holder, this::sameStep))
                        .as("seed %s, a step's limit", seed)
                        .isLessThanOrEqualTo(holder.demand().stepAtOnce().orElse(Integer.MAX_VALUE));
            }
        }

        private long limited(PlaceRequest one, java.util.function.BiPredicate<PlaceRequest, PlaceRequest> together) {
            return holding.keySet().stream()
                    .filter(other -> together.test(one, other))
                    .count();
        }

        private boolean sameDag(PlaceRequest one, PlaceRequest other) {
            return one.dag().equals(other.dag())
                    && other.demand().dagAtOnce().isPresent()
                    && one.demand().dagAtOnce().isPresent();
        }

        private boolean sameStep(PlaceRequest one, PlaceRequest other) {
            return one.dag().equals(other.dag())
                    && one.step().equals(other.step())
                    && one.demand().stepAtOnce().isPresent()
                    && other.demand().stepAtOnce().isPresent();
        }

        /** One after the other, each against everything before it, counted afresh. */
        private List<LaunchKey> slowly(Instant now) {
            List<PlaceRequest> order = waiting.stream()
                    .sorted(Comparator.<PlaceRequest>comparingLong(
                                    request -> request.since().getEpochSecond()
                                            - 60L * request.demand().priority())
                            .thenComparing(PlaceRequest::since)
                            .thenComparing(request -> request.key().value()))
                    .toList();
            List<PlaceRequest> before = new ArrayList<>(holding.keySet());
            List<LaunchKey> granted = new ArrayList<>();
            for (PlaceRequest request : order) {
                boolean limits = limitsHold(request, before);
                boolean room = pools.entrySet().stream()
                        .allMatch(pool -> wanted(request, pool.getKey()) == 0
                                || before.stream().collect(Collectors.summingInt(other -> wanted(other, pool.getKey())))
                                                + wanted(request, pool.getKey())
                                        <= pool.getValue());
                boolean waitedLong = !now.isBefore(request.since().plusSeconds(300));
                if (limits && room) {
                    granted.add(request.key());
                    before.add(request);
                } else if (limits && waitedLong) {
                    before.add(request); // As if it had them.
                }
            }
            return granted;
        }

        private boolean limitsHold(PlaceRequest request, List<PlaceRequest> before) {
            long ofDag =
                    before.stream().filter(other -> sameDag(request, other)).count();
            long ofStep =
                    before.stream().filter(other -> sameStep(request, other)).count();
            return ofDag < request.demand().dagAtOnce().orElse(Integer.MAX_VALUE)
                    && ofStep < request.demand().stepAtOnce().orElse(Integer.MAX_VALUE);
        }

        private static int wanted(PlaceRequest request, PoolName pool) {
            return request.demand().pools().getOrDefault(pool, 0);
        }
    }
}
