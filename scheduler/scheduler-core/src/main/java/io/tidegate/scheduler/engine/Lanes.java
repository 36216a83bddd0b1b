package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Threads that plan. Everything of one run happens on one lane, one thing at a time, so that a run needs no locks. */
final class Lanes {
    private static final System.Logger LOG = System.getLogger(Lanes.class.getName());

    private final List<ExecutorService> lanes;

    Lanes(int count) {
        ThreadFactory threads = Threads.named("lane");
        this.lanes = Stream.generate(() -> Executors.newSingleThreadExecutor(threads))
                .limit(count)
                .toList();
    }

    /** Does something of a run on its lane, after everything that was asked for before. */
    void on(RunId run, Runnable task) {
        try {
            lanes.get(Math.floorMod(run.hashCode(), lanes.size())).execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "run {0} hears of nothing any more: the engine is closed", run);
        }
    }

    /** Waits until everything that was asked for before has happened, as far as it does in time. */
    void settle(Duration patience) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(lanes.size());
        lanes.forEach(lane -> lane.execute(reached::countDown));
        boolean unused = reached.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets what was asked for happen, as far as it does in time. */
    void close(Duration patience) throws InterruptedException {
        lanes.forEach(ExecutorService::shutdown);
        for (ExecutorService lane : lanes) {
            if (!lane.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                lane.shutdownNow();
            }
        }
    }
}
