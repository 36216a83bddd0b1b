package io.tidegate.server.runtime;

import io.tidegate.scheduler.engine.LoopHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's small repeated tasks. A task that fails is logged and repeated all the same. Thread-safe. */
final class Loops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
    private static final int LATE = 20;

    private final InstantSource clock;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "tidegate-loop");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Runnable> tasks = new ConcurrentHashMap<>();
    private final Set<String> woken = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> ticks = new ConcurrentHashMap<>();
    private final Map<String, Duration> bounds = new ConcurrentHashMap<>();

    Loops(InstantSource clock) {
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    /** Repeats a task with a pause after each round. */
    void every(String name, Duration pause, Runnable task) {
        tasks.put(name, task);
        ticks.put(name, clock.instant());
        bounds.put(name, pause.multipliedBy(LATE).plusSeconds(LATE));
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
        ticks.put(name, clock.instant());
    }

    /** When each loop last finished a round. */
    List<LoopHealth> health() {
        List<LoopHealth> health = new ArrayList<>();
        ticks.forEach((name, tick) -> health.add(new LoopHealth(name, tick, bounds.get(name))));
        return health;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
