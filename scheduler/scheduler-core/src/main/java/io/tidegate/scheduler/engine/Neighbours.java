package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeLoad;
import io.tidegate.scheduler.node.NodeSignal;
import io.tidegate.scheduler.store.NodeSignals;
import io.tidegate.scheduler.store.NodeStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What this node knows of the others on its database, and how they wake each other. A node that is alone says nothing. Thread-safe. */
final class Neighbours {
    private final NodeStore nodes;
    private final NodeSignals signals;
    private volatile boolean alone;

    Neighbours(NodeStore nodes, NodeSignals signals) {
        this.nodes = nodes;
        this.signals = signals;
    }

    /** Looks who is there, and how the runs are spread. */
    NodeLoad look(NodeId self) {
        NodeLoad load = nodes.load(self);
        alone = load.isAlone();
        return load;
    }

    /** Whether there was no other node at the last look. */
    boolean areGone() {
        return alone;
    }

    void tell(NodeSignal signal) {
        if (!alone) {
            signals.send(signal);
        }
    }

    /** How long it is since somebody listened to them; empty when nobody is meant to. */
    Optional<Duration> silence() {
        return signals.silence();
    }

    void listen(Consumer<Set<NodeSignal>> listener) {
        signals.listen(heard -> {
            alone = false;
            listener.accept(heard);
        });
    }
}
