package io.tidegate.scheduler.engine;

import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Lets only so many attempts work at once, in the order they came. An attempt that was found working has its place whatever the limit. Safe
 * for use by several threads; what is let in runs without a lock held.
 */
final class Slots {
    private record Waiting(RunId run, LaunchKey key, Runnable start) {}

    private final int limit;
    private final Map<LaunchKey, RunId> taken = new HashMap<>();
    private final Deque<Waiting> queue = new ArrayDeque<>();

    Slots(int limit) {
        this.limit = limit;
    }

    /** Starts now or when there is room. */
    void request(RunId run, LaunchKey key, Runnable start) {
        synchronized (this) {
            if (!taken.containsKey(key) && (taken.size() >= limit || !queue.isEmpty())) {
                queue.add(new Waiting(run, key, start));
                return;
            }
            taken.put(key, run);
        }
        start.run();
    }

    /** Counts an attempt that is working already. */
    synchronized void occupy(RunId run, LaunchKey key) {
        taken.put(key, run);
    }

    /** Takes a launch back that has not been let in; false when it has. */
    synchronized boolean withdraw(LaunchKey key) {
        return queue.removeIf(waiting -> waiting.key().equals(key));
    }

    /** Whether a launch waits here for room. */
    synchronized boolean holds(LaunchKey key) {
        return queue.stream().anyMatch(waiting -> waiting.key().equals(key));
    }

    /** An attempt is over. */
    void release(LaunchKey key) {
        start(free(() -> taken.remove(key)));
    }

    /** Everything of a run is over, as far as this server is concerned. */
    void releaseAll(RunId run) {
        start(free(() -> {
            queue.removeIf(waiting -> waiting.run().equals(run));
            taken.values().removeIf(run::equals);
        }));
    }

    private synchronized List<Runnable> free(Runnable change) {
        change.run();
        List<Runnable> letIn = new ArrayList<>();
        for (Iterator<Waiting> each = queue.iterator(); each.hasNext() && taken.size() < limit; ) {
            Waiting waiting = each.next();
            each.remove();
            taken.put(waiting.key(), waiting.run());
            letIn.add(waiting.start());
        }
        return letIn;
    }

    private static void start(List<Runnable> letIn) {
        letIn.forEach(Runnable::run);
    }
}
