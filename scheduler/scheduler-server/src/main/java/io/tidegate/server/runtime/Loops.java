package io.tidegate.server.runtime;

import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.LoopPulse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's small repeated tasks. A task that fails is logged and repeated all the same. Thread-safe. */
final class Loops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
    private static final int LATE = 20;

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "tidegate-loop");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Runnable> tasks = new ConcurrentHashMap<>();
    private final Set<String> woken = ConcurrentHashMap.newKeySet();
    private final Map<String, LoopPulse> pulses = new ConcurrentHashMap<>();

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Loops(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    InstantSource clock() {
        return clock;
    }

    /** Repeats a task with a pause after each round. */
    void every(String name, Duration pause, Runnable task) {
        tasks.put(name, task);
        pulses.put(name, new LoopPulse(name, pause.multipliedBy(LATE).plusSeconds(LATE), nanoTime));
        // A round never throws, so there is nothing the future could tell.
        var ignored =
                threads.scheduleWithFixedDelay(() -> round(name, task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does a task soon, beside its rounds; several wake-ups before it begins give one. A task that is not repeated is not done. */
    void wake(String name) {
        Runnable task = tasks.get(name);
        if (task != null && woken.add(name)) {
            try {
                threads.execute(() -> {
                    woken.remove(name);
                    round(name, task);
                });
            } catch (RejectedExecutionException closed) {
                LOG.debug("loop {} has ended", name);
            }
        }
    }

    private void round(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException problem) {
            LOG.warn("loop {} met a problem and goes on: {}", name, problem.toString());
        }
        pulses.get(name).beat();
    }

    /** How long each loop has been silent. */
    List<LoopLag> lags() {
        return pulses.values().stream().map(LoopPulse::lag).toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
