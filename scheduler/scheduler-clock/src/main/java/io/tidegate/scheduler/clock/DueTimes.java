package io.tidegate.scheduler.clock;

import io.tidegate.dag.DagId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who is to be woken when, the earliest first. Thread-safe. */
final class DueTimes {
    private final Map<DagId, Due> byDag = new HashMap<>();
    private final TreeSet<Due> inOrder = new TreeSet<>(
            Comparator.comparing(Due::at).thenComparing(due -> due.dag().value()));

    private record Due(DagId dag, Instant at) {}

    /** Replaces what was set for the DAG before. */
    synchronized void set(DagId dag, Instant at) {
        clear(dag);
        Due due = new Due(dag, at);
        byDag.put(dag, due);
        inOrder.add(due);
    }

    synchronized void clear(DagId dag) {
        Due before = byDag.remove(dag);
        if (before != null) {
            inOrder.remove(before);
        }
    }

    /** The earliest of all times. */
    synchronized Optional<Instant> first() {
        return inOrder.isEmpty()
                ? Optional.empty()
                : Optional.of(inOrder.first().at());
    }

    /** Takes out those whose time has come, the earliest first. */
    synchronized List<DagId> take(Instant now) {
        List<DagId> due = new ArrayList<>();
        while (!inOrder.isEmpty() && !inOrder.first().at().isAfter(now)) {
            DagId dag = inOrder.first().dag();
            clear(dag);
            due.add(dag);
        }
        return due;
    }
}
