package io.tidegate.scheduler.pool;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.PoolName;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/** Requests for places, in few words. */
final class Requests {
    static final Instant START = Instant.parse("2026-01-05T06:00:00Z");
    private static final RunId RUN = new RunId(UUID.fromString("01970000-0000-7000-8000-0123456789ab"));

    private Requests() {}

    /** A request of step {@code name} of DAG {@code flights}, some minutes after the start. */
    static PlaceRequest of(String name, int minutes, Demand demand) {
        return of("flights", name, name, minutes, demand);
    }

    static PlaceRequest of(String dag, String step, String key, int minutes, Demand demand) {
        return new PlaceRequest(
                new LaunchKey("launch-" + key),
                new DagId(dag),
                RUN,
                new StepId(step),
                demand,
                START.plusSeconds(60L * minutes),
                false);
    }

    static PlaceRequest granted(PlaceRequest request) {
        return new PlaceRequest(
                request.key(), request.dag(), request.run(), request.step(), request.demand(), request.since(), true);
    }

    static Demand pool(String pool, int places) {
        return pools(Map.of(pool, places), 0);
    }

    static Demand pools(Map<String, Integer> wanted, int priority) {
        return demand(wanted, OptionalInt.empty(), OptionalInt.empty(), priority);
    }

    static Demand demand(Map<String, Integer> wanted, OptionalInt dag, OptionalInt step, int priority) {
        return new Demand(sizes(wanted), dag, step, priority);
    }

    static Map<PoolName, Integer> sizes(Map<String, Integer> sizes) {
        Map<PoolName, Integer> named = new TreeMap<>();
        sizes.forEach((pool, size) -> named.put(new PoolName(pool), size));
        return named;
    }
}
