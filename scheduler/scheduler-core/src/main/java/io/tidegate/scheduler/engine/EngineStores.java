package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.NodeSignals;
import io.tidegate.scheduler.store.NodeStore;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.scheduler.store.RunStore;
import java.util.Objects;

/** What the engine needs of the database. */
public record EngineStores(
        RunStore runs, CommandStore commands, NodeStore nodes, PlaceStore places, NodeSignals signals) {
    public EngineStores {
        Objects.requireNonNull(runs, "runs");
        Objects.requireNonNull(commands, "commands");
        Objects.requireNonNull(nodes, "nodes");
        Objects.requireNonNull(places, "places");
        Objects.requireNonNull(signals, "signals");
    }
}
