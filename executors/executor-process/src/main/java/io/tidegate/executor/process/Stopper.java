package io.tidegate.executor.process;

import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Ends what is to end: all processes of cancelled attempts, and whatever programs of ended attempts left behind. Every pass looks once
 * through the process table for all of them, asks each process once with SIGTERM, and after the grace period kills until none is
 * left. What waits for the program is spared as long as it may still write the exit code.
 */
final class Stopper {
    private static final System.Logger LOG = System.getLogger(Stopper.class.getName());
    private static final long CANCEL_PASS_MILLIS = 200;
    private static final long LEFTOVER_PASS_MILLIS = 1000;
    private static final Duration TIME_TO_WRITE_EXIT_CODE = Duration.ofSeconds(2);

    private final Attempts attempts;
    private final ProcessTable table;
    private final Duration grace;
    private final ScheduledExecutorService thread;
    // All guarded by this.
    private final Map<LaunchKey, Stop> stops = new HashMap<>();
    private long nextPassNanos;
    private boolean passPlanned;

    Stopper(Attempts attempts, ProcessTable table, Duration grace, ScheduledExecutorService thread) {
        this.attempts = attempts;
        this.table = table;
        this.grace = grace;
        this.thread = thread;
    }

    /** One attempt that is to end. Touched by the stopper's thread alone, but for its creation. */
    private static final class Stop {
        private final long sinceNanos = System.nanoTime();
        private final Set<ProcessTable.Member> asked = new HashSet<>();
        private final List<Runnable> whenGone = new CopyOnWriteArrayList<>();
        // The launcher told of the end: there is nothing to be read of it.
        private volatile boolean toldOfEnd;

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }

    /** Ends a running attempt, beginning now. */
    synchronized void stop(LaunchKey key) {
        stops.computeIfAbsent(key, ignored -> new Stop());
        plan(0);
    }

    /** Ends what is left of an attempt, beginning now, and tells when nothing is. */
    synchronized void stop(LaunchKey key, Runnable whenGone) {
        stops.computeIfAbsent(key, ignored -> new Stop()).whenGone.add(whenGone);
        plan(0);
    }

    /** Ends what an ended attempt left behind, within a second or so. */
    synchronized void sweep(LaunchKey key) {
        stops.computeIfAbsent(key, ignored -> new Stop());
        plan(LEFTOVER_PASS_MILLIS);
    }

    /** The same of an attempt of which not even the part that keeps its log and writes its exit code is left. */
    synchronized void sweepEnded(LaunchKey key) {
        stops.computeIfAbsent(key, ignored -> new Stop()).toldOfEnd = true;
        plan(LEFTOVER_PASS_MILLIS);
    }

    private synchronized void plan(long delayMillis) {
        long at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        if (passPlanned && nextPassNanos - at <= 0) {
            return;
        }
        passPlanned = true;
        nextPassNanos = at;
        var unused = thread.schedule(() -> passAt(at), delayMillis, TimeUnit.MILLISECONDS);
    }

    private void passAt(long plannedNanos) {
        Map<LaunchKey, Stop> current;
        synchronized (this) {
            if (!passPlanned || nextPassNanos != plannedNanos) {
                // An earlier pass took this one's place.
                return;
            }
            passPlanned = false;
            current = Map.copyOf(stops);
        }
        try {
            pass(current);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "looking for processes to end failed; it is tried again", e);
            plan(LEFTOVER_PASS_MILLIS);
        }
    }

    private void pass(Map<LaunchKey, Stop> current) {
        Map<LaunchKey, List<ProcessTable.Member>> members =
                table.programsOf(current.keySet()).stream().collect(Collectors.groupingBy(ProcessTable.Member::key));
        boolean cancelling = false;
        for (Map.Entry<LaunchKey, Stop> entry : current.entrySet()) {
            LaunchKey key = entry.getKey();
            List<ProcessTable.Member> left = members.getOrDefault(key, List.of());
            Attempts.Phase phase = entry.getValue().toldOfEnd ? Attempts.Phase.ENDED : phase(key);
            if (left.isEmpty() && phase == Attempts.Phase.ENDED) {
                forget(key, entry.getValue());
                continue;
            }
            end(key, entry.getValue(), left);
            cancelling |= phase != Attempts.Phase.ENDED;
        }
        synchronized (this) {
            if (!stops.isEmpty()) {
                plan(cancelling ? passMillis() : LEFTOVER_PASS_MILLIS);
            }
        }
    }

    private void end(LaunchKey key, Stop stop, List<ProcessTable.Member> left) {
        if (stop.age().compareTo(grace) >= 0) {
            left.forEach(ProcessTable.Member::kill);
        } else {
            left.stream().filter(stop.asked::add).forEach(ProcessTable.Member::terminate);
        }
        if (left.isEmpty() && stop.age().compareTo(grace.plus(TIME_TO_WRITE_EXIT_CODE)) >= 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "attempt {0} has no program any more, but what waits for it does not end",
                    key);
            table.everythingOf(key).forEach(ProcessTable.Member::kill);
        }
    }

    private Attempts.Phase phase(LaunchKey key) {
        try {
            return attempts.status(key).phase();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot read the state of attempt " + key + "; it is tried again", e);
            return Attempts.Phase.RUNNING;
        }
    }

    private void forget(LaunchKey key, Stop stop) {
        synchronized (this) {
            stops.remove(key, stop);
        }
        stop.whenGone.forEach(Runnable::run);
    }

    private long passMillis() {
        return Math.max(10, Math.min(CANCEL_PASS_MILLIS, grace.toMillis() / 4));
    }
}
