package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.LoopPulse;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Something that is done on wake-up and every so often, on one thread of its own. What goes wrong in one round never ends the loop. */
final class Loop {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

    private final String name;
    private final Duration period;
    private final Runnable round;
    private final Time time;
    private final ExecutorService thread;
    private final LoopPulse pulse;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean timerSet = new AtomicBoolean();
    private volatile boolean unavailable;

    /**
     * What wakes loops and measures their silence.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    record Time(Timers timers, InstantSource clock, LongSupplier nanoTime) {}

    Loop(String name, Duration period, Runnable round, Time time) {
        this.name = name;
        this.period = period;
        this.round = round;
        this.time = time;
        this.thread = Executors.newSingleThreadExecutor(Threads.named(name));
        this.pulse = new LoopPulse(name, period.plus(LONGEST_ROUND), time.nanoTime());
    }

    /** Does a round soon; several wake-ups before it begins give one. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                thread.execute(this::tick);
            } catch (RejectedExecutionException closed) {
                LOG.log(System.Logger.Level.DEBUG, "{0} has ended", name);
            }
        }
    }

    private void tick() {
        woken.set(false);
        try {
            round.run();
            unavailable = false;
        } catch (StoreUnavailableException outage) {
            if (!unavailable) {
                unavailable = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: the database is not available: {1}",
                        name,
                        outage.getMessage());
            }
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, name + ": a round failed; the next one comes all the same", bug);
        } finally {
            pulse.beat();
            if (timerSet.compareAndSet(false, true)) {
                Runnable unused = time.timers().at(time.clock().instant().plus(period), this::wakeByTimer);
            }
        }
    }

    private void wakeByTimer() {
        timerSet.set(false);
        wake();
    }

    LoopLag lag() {
        return pulse.lag();
    }

    /** Ends the loop; a round that is going is waited for. */
    void close(Duration patience) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }
}
