package io.tidegate.scheduler.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on one thread of their own. */
public final class ScheduledTimers implements Timers {
    private static final System.Logger LOG = System.getLogger(ScheduledTimers.class.getName());

    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread;

    public ScheduledTimers(InstantSource clock) {
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, Threads.named("timers"));
        this.thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Runnable at(Instant instant, Runnable task) {
        // Rounded up: a timer that fires before its instant has to be set again.
        long delay = Math.max(
                0, Duration.between(clock.instant(), instant).plusMillis(1).toMillis());
        try {
            ScheduledFuture<?> timer = thread.schedule(() -> call(task), delay, TimeUnit.MILLISECONDS);
            return () -> {
                boolean unused = timer.cancel(false);
            };
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "a timer is not set any more: the engine is closed");
            return () -> {};
        }
    }

    /** How many tasks have not been called. */
    int waiting() {
        return thread.getQueue().size();
    }

    private static void call(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a timer's task failed", bug);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
