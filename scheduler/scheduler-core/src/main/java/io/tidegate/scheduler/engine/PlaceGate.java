package io.tidegate.scheduler.engine;

import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.PlaceStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds launches back until their attempts have the places they asked for. Who has any is in the database; here is only who waits on this server,
 * and as long as nobody does nothing is asked. Safe for use by several threads; what is let in runs without a lock held.
 */
final class PlaceGate {
    private record Waiting(RunId run, Runnable start) {}

    private final PlaceStore store;
    private final InstantSource clock;
    private final Runnable wake;
    private final Runnable tell;
    private final Map<LaunchKey, Waiting> waiting = new LinkedHashMap<>();

    /**
     * @param wake has {@link #round} be called soon
     * @param tell has the other nodes look soon
     */
    PlaceGate(PlaceStore store, InstantSource clock, Runnable wake, Runnable tell) {
        this.store = store;
        this.clock = clock;
        this.wake = wake;
        this.tell = tell;
    }

    /** Starts as soon as the attempt has its places; its request is in the database. */
    void request(RunId run, LaunchKey key, Runnable start) {
        synchronized (this) {
            waiting.put(key, new Waiting(run, start));
        }
        wake.run();
    }

    /** Takes a launch back that has not been let in; false when it has. */
    synchronized boolean withdraw(LaunchKey key) {
        return waiting.remove(key) != null;
    }

    /** An attempt is over: somebody, here or elsewhere, may have its places. */
    void over(boolean hadPlaces) {
        if (isWanted()) {
            wake.run();
        }
        if (hadPlaces) {
            tell.run();
        }
    }

    /** Whether a launch is held back here. */
    synchronized boolean holds(LaunchKey key) {
        return waiting.containsKey(key);
    }

    /** Everything of a run is over, as far as this server is concerned. */
    synchronized void releaseAll(RunId run) {
        waiting.values().removeIf(each -> each.run().equals(run));
    }

    /** Looks whose turn it is. */
    void round() {
        if (isWanted()) {
            letIn(store.grant(clock.instant())).forEach(Runnable::run);
        }
    }

    private synchronized boolean isWanted() {
        return !waiting.isEmpty();
    }

    private synchronized List<Runnable> letIn(Set<LaunchKey> granted) {
        List<Runnable> starts = new ArrayList<>();
        waiting.entrySet().removeIf(each -> {
            boolean mayStart = granted.contains(each.getKey());
            if (mayStart) {
                starts.add(each.getValue().start());
            }
            return mayStart;
        });
        return starts;
    }
}
