package io.tidegate.dag.step;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an attempt of a step must have before it is launched, because others want it too.
 *
 * @param pools how many places of each pool it takes
 * @param priority who goes first among those that wait, from 0 to {@link #HIGHEST_PRIORITY}; more goes first
 * @param atOnce how many attempts of the step may work at the same time, over all runs and items; empty for any number
 */
public record Places(Map<PoolName, Integer> pools, int priority, OptionalInt atOnce) {
    public static final int HIGHEST_PRIORITY = 100;
    /** Most places that a step may take and a pool may have. */
    public static final int MOST = 100_000;

    /** Of a step that waits for nobody. */
    public static final Places NONE = new Places(Map.of(), 0, OptionalInt.empty());

    public Places {
        pools = Map.copyOf(pools);
        Objects.requireNonNull(atOnce, "atOnce");
        pools.forEach((pool, places) -> {
            if (places < 1 || places > MOST) {
                throw new IllegalArgumentException(
                        "a step takes from 1 to " + MOST + " places of pool " + pool + ", not " + places);
            }
        });
        if (priority < 0 || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("a priority is from 0 to " + HIGHEST_PRIORITY + ", not " + priority);
        }
        if (atOnce.isPresent() && atOnce.getAsInt() < 1) {
            throw new IllegalArgumentException("at least one attempt must be able to work, not " + atOnce.getAsInt());
        }
    }
}
