package io.tidegate.executor.spark;

import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the applications of one cluster in intervals: tells listeners what is new, and ends what is to end, again and again until the
 * cluster confirms it or patience is over. Listeners are called on one thread, one after the other.
 */
final class ClusterWatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ClusterWatcher.class.getName());
    private static final Duration PATIENCE_WITH_KILLS = Duration.ofMinutes(2);

    private final ScheduledThreadPoolExecutor thread;
    private final Map<LaunchKey, Watched> watched = new ConcurrentHashMap<>();
    private final Map<LaunchKey, Cancelled> cancelled = new ConcurrentHashMap<>();
    private final Set<LaunchKey> askedToEnd = ConcurrentHashMap.newKeySet();
    private final Map<LaunchKey, Long> refreshedNanos = new ConcurrentHashMap<>();
    private final long intervalNanos;

    private record Watched(
            ClusterAttempt attempt, ObservationListener listener, DriverWatch watch, boolean inCluster) {}

    private record Cancelled(ClusterAttempt attempt, long untilNanos) {}

    ClusterWatcher(String name, Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread created = new Thread(work, "tidegate-spark-" + name);
                    created.setDaemon(true);
                    return created;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        var unused = thread.scheduleWithFixedDelay(this::lookAtAll, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Tells how an application fares until it has ended.
     *
     * @param inCluster whether its end is the cluster's to tell; else only what there is to know of it is told, until it is all known
     */
    void watch(ClusterAttempt attempt, ExternalJob job, ObservationListener listener, boolean inCluster) {
        Watched added = new Watched(attempt, listener, new DriverWatch(job.details()), inCluster);
        watched.put(attempt.key(), added);
        thread.execute(() -> look(added));
    }

    /** Nothing more is to be told of it. */
    void forget(LaunchKey key) {
        watched.remove(key);
        refreshedNanos.remove(key);
    }

    void cancel(ClusterAttempt attempt) {
        askedToEnd.add(attempt.key());
        cancelled.putIfAbsent(attempt.key(), new Cancelled(attempt, System.nanoTime() + PATIENCE_WITH_KILLS.toNanos()));
        thread.execute(this::killAll);
    }

    /** Copies what the driver has written since the last time, at most once in an interval. */
    void refresh(ClusterAttempt attempt) {
        Long last = refreshedNanos.get(attempt.key());
        if (last != null && System.nanoTime() - last < intervalNanos) {
            return;
        }
        refreshedNanos.put(attempt.key(), System.nanoTime());
        try {
            if (attempt.submitEnd().isEmpty()) {
                return;
            }
            Optional<ClusterDriver> driver = attempt.driver();
            if (driver.isPresent()) {
                copy(attempt, driver.get());
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot copy the output of attempt " + attempt.key(), e);
        }
    }

    private synchronized void copy(ClusterAttempt attempt, ClusterDriver driver) throws IOException {
        attempt.mirror().copy(attempt.cluster(), driver);
    }

    private void lookAtAll() {
        killAll();
        watched.values().forEach(this::look);
    }

    private void look(Watched one) {
        LaunchKey key = one.attempt().key();
        if (!one.equals(watched.get(key))) {
            return;
        }
        try {
            // Asked before the cluster: a submit that is over by now has left whatever it leaves there.
            Optional<Observation.Ended> submit = one.attempt().submitEnd();
            Optional<ClusterDriver> driver = one.attempt().driver();
            List<Observation> news =
                    one.watch().conclude(driver, submit, one.attempt().lastLineOfSubmit());
            for (Observation observation : news) {
                tell(one, observation, driver);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cluster {0} does not say how attempt {1} fares, and is asked again: {2}",
                    one.attempt().cluster().name(),
                    key,
                    e.toString());
        }
    }

    private void tell(Watched one, Observation observation, Optional<ClusterDriver> driver) {
        LaunchKey key = one.attempt().key();
        if (!(observation instanceof Observation.Ended)) {
            if (one.inCluster() || observation instanceof Observation.Described) {
                one.listener().observed(key, observation);
            }
            return;
        }
        if (watched.remove(key, one) && one.inCluster()) {
            driver.ifPresent(last -> copyLast(one.attempt(), last));
            boolean asked = askedToEnd.remove(key);
            one.listener().observed(key, asked ? afterCancel((Observation.Ended) observation) : observation);
        }
    }

    /** Some clusters delete what they are told to kill, and then it is no riddle where it has gone. */
    private static Observation.Ended afterCancel(Observation.Ended ended) {
        return ended.failure().filter(FailureKind.LOST::equals).isEmpty()
                ? ended
                : new Observation.Ended(
                        OptionalInt.empty(), Optional.of(FailureKind.USER), "the application was cancelled");
    }

    /** The end is told all the same when the cluster does not hand its files out. */
    private void copyLast(ClusterAttempt attempt, ClusterDriver driver) {
        try {
            copy(attempt, driver);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what attempt {0} has written cannot be read from cluster {1}: {2}",
                    attempt.key(),
                    attempt.cluster().name(),
                    e.toString());
        }
    }

    private void killAll() {
        cancelled.forEach((key, one) -> {
            try {
                if (isOver(one)) {
                    cancelled.remove(key, one);
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "attempt " + key + " is not killed yet: " + e);
            }
        });
    }

    private static boolean isOver(Cancelled one) throws IOException {
        Optional<Observation.Ended> submit = one.attempt().submitEnd();
        Optional<ClusterDriver> driver = one.attempt().driver();
        boolean late = System.nanoTime() - one.untilNanos() > 0;
        if (driver.isEmpty()) {
            // Without a folder nobody knows whether a submit is still on its way.
            return submit.isPresent() || late;
        }
        if (driver.get().ended().isPresent()) {
            return true;
        }
        if (late) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "cluster {0} does not end {1} of attempt {2}: end it by hand",
                    one.attempt().cluster().name(),
                    driver.get().id(),
                    one.attempt().key());
            return true;
        }
        one.attempt().cluster().kill(driver.get());
        return false;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
