package io.tidegate.scheduler.subrun;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.scheduler.store.SubRunStore;
import io.tidegate.scheduler.store.SubRunStore.SubRun;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells attempts of the ends of their runs, all with one question to the database: when this node has written of such a run, and every few
 * seconds for those that other nodes work on. Safe for use by several threads.
 */
final class SubRunWatches implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SubRunWatches.class.getName());
    private static final long EVERY_SECONDS = 5;
    private static final int CANCELLED = 143;

    private record Watch(ObservationListener listener, String said) {}

    private final SubRunStore store;
    private final Map<LaunchKey, Watch> watches = new ConcurrentHashMap<>();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "tidegate-sub-runs");
        made.setDaemon(true);
        return made;
    });

    SubRunWatches(SubRunStore store) {
        this.store = store;
        // A round never throws, so there is nothing the future could tell.
        var ignored = thread.scheduleWithFixedDelay(this::round, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void begin(LaunchKey key, ObservationListener listener) {
        watches.put(key, new Watch(listener, ""));
        look();
    }

    /** Looks soon, once for all who ask until then. */
    void look() {
        if (watches.isEmpty() || !wanted.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.execute(this::round);
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "runs are not watched any more", closed);
        }
    }

    private void round() {
        wanted.set(false);
        List<LaunchKey> keys = List.copyOf(watches.keySet());
        if (keys.isEmpty()) {
            return;
        }
        try {
            store.find(keys).forEach(this::tell);
        } catch (StoreUnavailableException outage) {
            LOG.log(System.Logger.Level.DEBUG, "runs are looked at again when the database is back", outage);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "runs that steps wait for cannot be looked at", bug);
        }
    }

    private void tell(SubRun run) {
        Watch watch = watches.get(run.key());
        if (watch == null) {
            return;
        }
        if (run.isOver()) {
            if (watches.remove(run.key(), watch)) {
                watch.listener().observed(run.key(), end(run));
            }
            return;
        }
        String words = "waits for run " + run.run() + " of DAG " + run.dag() + ", which is "
                + (run.state().isTerminal() ? "to go on" : word(run.state()));
        if (!words.equals(watch.said()) && watches.replace(run.key(), watch, new Watch(watch.listener(), words))) {
            watch.listener()
                    .observed(run.key(), new Observation.Described(Map.of(Observation.Described.REASON, words)));
        }
    }

    private static Observation.Ended end(SubRun run) {
        if (!run.ties().waits() || run.state() == RunState.SUCCEEDED) {
            return Observation.Ended.succeeded();
        }
        String which = "run " + run.run() + " of DAG " + run.dag();
        if (run.state() == RunState.CANCELLED) {
            return Observation.Ended.failed(FailureKind.USER, CANCELLED, which + " was cancelled");
        }
        return Observation.Ended.failed(
                FailureKind.USER,
                1,
                which + " failed: "
                        + (run.failedSteps().isEmpty()
                                ? "a step was cancelled"
                                : (run.failedSteps().size() == 1 ? "step " : "steps ")
                                        + String.join(", ", run.failedSteps()) + " failed"));
    }

    private static String word(RunState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        watches.clear();
        thread.shutdownNow();
    }
}
