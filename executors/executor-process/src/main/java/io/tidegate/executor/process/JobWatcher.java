package io.tidegate.executor.process;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells listeners how their jobs end. Those that this server's launcher started are heard of the moment they end; all other
 * jobs, and those whose log is held open by something they left behind, are looked at in intervals. Listeners are called on one
 * thread, one after the other.
 */
final class JobWatcher implements Launcher.Listener {
    private static final System.Logger LOG = System.getLogger(JobWatcher.class.getName());

    /** A child that is killed together with what waits for it tells nothing. */
    private static final Duration CHILDREN_INTERVAL = Duration.ofSeconds(1);

    private final Attempts attempts;
    private final Stopper stopper;
    private final Duration drainLimit;
    private final ScheduledExecutorService thread;
    private final Map<LaunchKey, Watch> watches = new ConcurrentHashMap<>();
    private final Set<LaunchKey> children = ConcurrentHashMap.newKeySet();
    // Touched by the watcher's thread alone.
    private long childrenSeenNanos = System.nanoTime();

    /** One listener's watch. What changes is touched by the watcher's thread alone. */
    private static final class Watch {
        private final ObservationListener listener;
        private long drainingSinceNanos;
        private boolean stopAsked;

        Watch(ObservationListener listener) {
            this.listener = listener;
        }
    }

    private interface Look {
        Attempts.Status at(LaunchKey key) throws IOException;
    }

    /**
     * @param pollInterval how often jobs are looked at
     * @param drainLimit how long an ended program's log may be held open before the end is told all the same
     */
    JobWatcher(
            Attempts attempts,
            Stopper stopper,
            Duration pollInterval,
            Duration drainLimit,
            ScheduledExecutorService thread) {
        this.attempts = attempts;
        this.stopper = stopper;
        this.drainLimit = drainLimit;
        this.thread = thread;
        long nanos = pollInterval.toNanos();
        var unused = thread.scheduleWithFixedDelay(this::lookAtAll, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** From now until its end is heard, the launcher tells of this job. */
    @Override
    public void started(LaunchKey key) {
        children.add(key);
    }

    /** Nothing tells of the ends of children any more: they are looked at as all others. */
    @Override
    public void gone() {
        children.clear();
    }

    @Override
    public void ended(LaunchKey key) {
        children.remove(key);
        thread.execute(() -> look(key, attempts::statusAfterEnd));
    }

    void watch(LaunchKey key, ObservationListener listener) {
        Watch watch = new Watch(listener);
        watches.put(key, watch);
        thread.execute(() -> {
            boolean running = look(key, attempts::status);
            if (running && watches.get(key) == watch) {
                tell(key, listener, new Observation.Running());
            }
        });
    }

    private void lookAtAll() {
        long now = System.nanoTime();
        boolean atChildrenToo = now - childrenSeenNanos >= CHILDREN_INTERVAL.toNanos();
        if (atChildrenToo) {
            childrenSeenNanos = now;
        }
        watches.keySet().stream()
                .filter(key -> attempts.mayHaveEnded(key, !atChildrenToo && children.contains(key)))
                .forEach(key -> look(key, attempts::status));
    }

    /** Whether the job's program still runs; tells the listener when it does not. */
    private boolean look(LaunchKey key, Look how) {
        Watch watch = watches.get(key);
        if (watch == null) {
            return false;
        }
        Attempts.Status status;
        try {
            status = how.at(key);
        } catch (IOException | RuntimeException e) {
            // The end is told when the folder can be read again.
            LOG.log(System.Logger.Level.WARNING, "cannot read the state of attempt " + key + "; it is tried again", e);
            return false;
        }
        Optional<Observation.Ended> ended = status.ended();
        if (ended.isEmpty()) {
            return true;
        }
        if (isComplete(key, watch, status, ended.get()) && watches.remove(key, watch)) {
            children.remove(key);
            tell(key, watch.listener, ended.get());
        }
        return false;
    }

    /** A program may go on without what waits for it. It is ended before it is called lost, since it will be started again. */
    private boolean isComplete(LaunchKey key, Watch watch, Attempts.Status status, Observation.Ended ended) {
        boolean lost = ended.failure().filter(FailureKind.LOST::equals).isPresent();
        if (!lost) {
            stopper.sweep(key);
            return status.phase() == Attempts.Phase.ENDED || drainedLongEnough(watch);
        }
        if (!watch.stopAsked) {
            watch.stopAsked = true;
            stopper.stop(
                    key,
                    () -> thread.execute(() -> {
                        if (watches.remove(key, watch)) {
                            children.remove(key);
                            tell(key, watch.listener, ended);
                        }
                    }));
        }
        return drainedLongEnough(watch);
    }

    private boolean drainedLongEnough(Watch watch) {
        if (watch.drainingSinceNanos == 0) {
            watch.drainingSinceNanos = System.nanoTime();
        }
        return System.nanoTime() - watch.drainingSinceNanos >= drainLimit.toNanos();
    }

    private static void tell(LaunchKey key, ObservationListener listener, Observation observation) {
        try {
            listener.observed(key, observation);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the listener of attempt " + key + " failed on " + observation, e);
        }
    }
}
