package io.tidegate.scheduler.pool;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.PoolName;
import io.tidegate.dag.step.StepId;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an attempt must have before it is launched.
 *
 * @param pools how many places of each pool
 * @param dagAtOnce how many attempts of its DAG may work at the same time; empty for any number
 * @param stepAtOnce how many attempts of its step may work at the same time; empty for any number
 * @param priority one point is worth {@link PlaceRule#POINT} of waiting
 */
public record Demand(Map<PoolName, Integer> pools, OptionalInt dagAtOnce, OptionalInt stepAtOnce, int priority) {
    /** Of an attempt that is launched at once. */
    public static final Demand NOTHING = new Demand(Map.of(), OptionalInt.empty(), OptionalInt.empty(), 0);

    public Demand {
        pools = Map.copyOf(pools);
        Objects.requireNonNull(dagAtOnce, "dagAtOnce");
        Objects.requireNonNull(stepAtOnce, "stepAtOnce");
    }

    /** What attempts of a step ask for. What only waits itself, and what the scheduler does, asks for nothing. */
    public static Demand of(DagGraph graph, StepId step) {
        if (!graph.step(step).kind().holdsPlaces()) {
            return NOTHING;
        }
        Places places = graph.step(step).limits().places();
        Demand demand = new Demand(
                places.pools(), graph.definition().limits().stepsAtOnce(), places.atOnce(), places.priority());
        return demand.isNothing() ? NOTHING : demand;
    }

    /** Whether there is nothing to wait for. */
    public boolean isNothing() {
        return pools.isEmpty() && dagAtOnce.isEmpty() && stepAtOnce.isEmpty();
    }
}
