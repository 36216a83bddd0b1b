package io.tidegate.scheduler.pool;

import io.tidegate.dag.step.PoolName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Something of which there is only so much: a pool, or the attempts that a DAG or a step may have at work.
 *
 * @param words what people call it
 */
record Share(Kind kind, String words) {
    enum Kind {
        POOL,
        DAG,
        STEP
    }

    /**
     * What a request wants of a share.
     *
     * @param capacity how much there is altogether; empty for a pool that does not exist
     */
    record Claim(Share share, int places, OptionalInt capacity) {
        /** Whether it could ever be met. */
        boolean isPossible() {
            return capacity.isPresent() && places <= capacity.getAsInt();
        }

        boolean fits(int taken) {
            return capacity.isPresent() && taken + places <= capacity.getAsInt();
        }
    }

    /** All claims of a request: its DAG's, its step's, then pools by name. */
    static List<Claim> claims(PlaceRequest request, Map<PoolName, Integer> pools) {
        List<Claim> claims = new ArrayList<>();
        Demand demand = request.demand();
        if (demand.dagAtOnce().isPresent()) {
            claims.add(new Claim(new Share(Kind.DAG, "DAG " + request.dag()), 1, demand.dagAtOnce()));
        }
        if (demand.stepAtOnce().isPresent()) {
            String step = "step " + request.dag() + "/" + request.step().declared();
            claims.add(new Claim(new Share(Kind.STEP, step), 1, demand.stepAtOnce()));
        }
        demand.pools().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(wanted -> claims.add(new Claim(
                        new Share(Kind.POOL, "pool " + wanted.getKey()),
                        wanted.getValue(),
                        size(pools, wanted.getKey()))));
        return claims;
    }

    private static OptionalInt size(Map<PoolName, Integer> pools, PoolName pool) {
        Integer size = pools.get(pool);
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }
}
