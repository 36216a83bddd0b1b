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
 * Tells listeners how their jobs end. Those that this server's launcher started are heard of the moment they end, without a look at any
 * file; all other jobs, and those whose log is held open by something they left behind, are looked at in intervals. A listener is
 * called by one thread at a time, the watcher's own or the one that asks for the watch, and hears of nothing after the end. Safe for use
 * by several threads.
 */
final class JobWatcher implements Launcher.Listener {
    private static final System.Logger LOG = System.getLogger(JobWatcher.class.getName());

    /** A child that is killed together with what waits for it tells nothing. */
    private static final Duration CHILDREN_INTERVAL = Duration.ofSeconds(1);

    /** Who starts an attempt watches it soon after; whoever comes later finds the end in the attempt's folder. */
    private static final Duration TIME_TO_BE_WATCHED = Duration.ofMinutes(1);

    private final Attempts attempts;
    private final Stopper stopper;
    private final Duration drainLimit;
    private final ScheduledExecutorService thread;
    private final Map<LaunchKey, Watch> watches = new ConcurrentHashMap<>();
    private final Set<LaunchKey> children = ConcurrentHashMap.newKeySet();
    // Of children that nobody watched when they ended.
    private final Map<LaunchKey, End> ends = new ConcurrentHashMap<>();
    // Touched by the watcher's thread alone.
    private long childrenSeenNanos = System.nanoTime();

    private record End(int exitCode, long heardNanos) {}

    /** One listener's watch. Where nothing else is said, what changes is touched by the watcher's thread alone. */
    private static final class Watch {
        private final LaunchKey key;
        private final ObservationListener listener;
        private long drainingSinceNanos;
        private boolean stopAsked;
        // Guarded by this.
        private boolean over;

        Watch(LaunchKey key, ObservationListener listener) {
            this.key = key;
            this.listener = listener;
        }

        synchronized void tell(Observation observation) {
            if (over) {
                return;
            }
            over = observation instanceof Observation.Ended;
            try {
                listener.observed(key, observation);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "the listener of attempt " + key + " failed on " + observation, e);
            }
        }
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
    public void ended(LaunchKey key, int exitCode) {
        ends.put(key, new End(exitCode, System.nanoTime()));
        children.remove(key);
        Watch watch = watches.get(key);
        if (watch != null) {
            // A slow listener must not keep the launcher's answers from whoever launches.
            thread.execute(() -> tellOfEnd(watch));
        }
    }

    void watch(LaunchKey key, ObservationListener listener) {
        Watch watch = new Watch(key, listener);
        watches.put(key, watch);
        if (tellOfEnd(watch)) {
            return;
        }
        if (children.contains(key)) {
            watch.tell(new Observation.Running());
            return;
        }
        thread.execute(() -> {
            if (look(key) && watches.get(key) == watch) {
                watch.tell(new Observation.Running());
            }
        });
    }

    /** Tells what the launcher told, unless it did not yet. Of several that try at the same time one does. */
    private boolean tellOfEnd(Watch watch) {
        End end = ends.get(watch.key);
        if (end == null || !watches.remove(watch.key, watch)) {
            return false;
        }
        ends.remove(watch.key);
        stopper.sweepEnded(watch.key);
        watch.tell(ExitMessages.ended(end.exitCode()));
        return true;
    }

    private void lookAtAll() {
        long now = System.nanoTime();
        boolean atChildrenToo = now - childrenSeenNanos >= CHILDREN_INTERVAL.toNanos();
        if (atChildrenToo) {
            childrenSeenNanos = now;
            ends.values().removeIf(end -> now - end.heardNanos() >= TIME_TO_BE_WATCHED.toNanos());
        }
        watches.keySet().stream()
                .filter(key -> attempts.mayHaveEnded(key, !atChildrenToo && children.contains(key)))
                .forEach(this::look);
    }

    /** Whether the job's program still runs; tells the listener when it does not. */
    private boolean look(LaunchKey key) {
        Watch watch = watches.get(key);
        if (watch == null) {
            return false;
        }
        Attempts.Status status;
        try {
            status = attempts.status(key);
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
            watch.tell(ended.get());
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
                            watch.tell(ended);
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
}
