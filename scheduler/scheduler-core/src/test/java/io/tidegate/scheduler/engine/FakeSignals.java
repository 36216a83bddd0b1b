package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.NodeSignal;
import io.tidegate.scheduler.store.NodeSignals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Signals that every server but the one that speaks hears at once. */
final class FakeSignals implements NodeSignals {
    private final List<FakeSignals> listening;
    private volatile Consumer<Set<NodeSignal>> listener = heard -> {};

    /** @param listening shared by all servers on a database; safe for use by several threads */
    FakeSignals(List<FakeSignals> listening) {
        this.listening = listening;
    }

    @Override
    public void send(NodeSignal signal) {
        listening.stream().filter(each -> each != this).forEach(each -> each.listener.accept(Set.of(signal)));
    }

    @Override
    public void listen(Consumer<Set<NodeSignal>> whoHears) {
        listener = whoHears;
        listening.add(this);
    }

    @Override
    public Optional<Duration> silence() {
        return Optional.empty();
    }
}
