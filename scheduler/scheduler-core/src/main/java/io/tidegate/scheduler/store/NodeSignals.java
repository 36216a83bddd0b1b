package io.tidegate.scheduler.store;

import io.tidegate.scheduler.node.NodeSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How nodes on one database wake each other. Nothing depends on a signal's arrival. */
public interface NodeSignals {
    /** No node hears any other. */
    NodeSignals NONE = new NodeSignals() {
        @Override
        public void send(NodeSignal signal) {
            // Nobody is there to hear it.
        }

        @Override
        public void listen(Consumer<Set<NodeSignal>> listener) {
            // Nobody is there to speak.
        }

        @Override
        public Optional<Duration> silence() {
            return Optional.empty();
        }
    };

    /** Wakes the other nodes soon; returns at once. Many signals within a short time become one. */
    void send(NodeSignal signal);

    /**
     * Begins to hear the other nodes.
     *
     * @param listener told what was heard, on a thread of its own; everything after a time in which nothing could be heard. Must return
     *     quickly and not throw
     */
    void listen(Consumer<Set<NodeSignal>> listener);

    /** How long it is since it was seen that somebody listens, or tries to; empty when nobody is meant to. */
    Optional<Duration> silence();
}
