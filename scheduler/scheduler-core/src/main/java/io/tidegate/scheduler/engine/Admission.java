package io.tidegate.scheduler.engine;

import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.Demand;
import io.tidegate.scheduler.run.RunId;

/**
 * Whether an attempt may be launched: first it must have what it shares with other DAGs and servers, then there must be room on this server. The
 * other way round, what waits for others would keep this server idle.
 */
final class Admission {
    private final PlaceGate gate;
    private final Slots slots;

    Admission(PlaceGate gate, Slots slots) {
        this.gate = gate;
        this.slots = slots;
    }

    /**
     * Starts now or when there is room.
     *
     * @param takesSlot whether it counts as work of this server
     */
    void request(RunId run, LaunchKey key, Demand demand, boolean takesSlot, Runnable start) {
        Runnable onServer = takesSlot ? () -> slots.request(run, key, start) : start;
        if (demand.isNothing()) {
            onServer.run();
        } else {
            gate.request(run, key, onServer);
        }
    }

    /** Counts an attempt that is working already; its places are on record. */
    void occupy(RunId run, LaunchKey key) {
        slots.occupy(run, key);
    }

    /** Takes a launch back that has not been let in; false when it has. */
    boolean withdraw(LaunchKey key) {
        return gate.withdraw(key) || slots.withdraw(key);
    }

    /** Whether a launch has not been let in yet. */
    boolean holds(LaunchKey key) {
        return gate.holds(key) || slots.holds(key);
    }

    /**
     * An attempt is over.
     *
     * @param shared whether it had places that others may want
     */
    void release(LaunchKey key, boolean shared) {
        slots.release(key);
        gate.over(shared);
    }

    /** Everything of a run is over, as far as this server is concerned. */
    void releaseAll(RunId run) {
        gate.releaseAll(run);
        slots.releaseAll(run);
    }
}
