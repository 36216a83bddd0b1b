package io.tidegate.store.pool;

import io.tidegate.dag.step.PoolName;
import io.tidegate.scheduler.pool.Demand;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an attempt asks for, as a JSON document. */
public record DemandDocument(
        Map<String, Integer> pools, Optional<Integer> dagAtOnce, Optional<Integer> stepAtOnce, int priority) {
    public static DemandDocument of(Demand demand) {
        Map<String, Integer> pools = new TreeMap<>();
        demand.pools().forEach((pool, places) -> pools.put(pool.value(), places));
        return new DemandDocument(pools, number(demand.dagAtOnce()), number(demand.stepAtOnce()), demand.priority());
    }

    Demand demand() {
        Map<PoolName, Integer> wanted = pools.entrySet().stream()
                .collect(Collectors.toMap(entry -> new PoolName(entry.getKey()), Map.Entry::getValue));
        return new Demand(wanted, number(dagAtOnce), number(stepAtOnce), priority);
    }

    private static Optional<Integer> number(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    private static OptionalInt number(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
