package io.tidegate.executor.kubernetes;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a cluster: one that knows the attempts, and some that wait for the cluster's answers. */
final class TrackerThreads implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TrackerThreads.class.getName());
    private static final long IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor events;
    private final ThreadPoolExecutor requests;

    TrackerThreads(String cluster, int requestsAtOnce) {
        events = new ScheduledThreadPoolExecutor(
                1, named("tidegate-kubernetes-" + cluster), new ThreadPoolExecutor.DiscardPolicy());
        requests = new ThreadPoolExecutor(
                requestsAtOnce,
                requestsAtOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named("tidegate-kubernetes-" + cluster + "-requests"),
                new ThreadPoolExecutor.DiscardPolicy());
        requests.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Does something on the thread that knows the attempts, after what was posted before. */
    void post(Runnable work) {
        later(0, work);
    }

    void later(long millis, Runnable work) {
        try {
            var unused = events.schedule(
                    () -> {
                        try {
                            work.run();
                        } catch (RuntimeException e) {
                            LOG.log(System.Logger.Level.ERROR, "a look at an attempt failed", e);
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "dropped, since this server watches no longer", closed);
        }
    }

    /** Does something that waits for the cluster. What fails is tried again by whoever looks at the attempt next. */
    void request(String what, Runnable work) {
        requests.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "could not {0}: {1}", what, e.getMessage());
            }
        });
    }

    Executor requests() {
        return requests;
    }

    private static void stop(ExecutorService service) {
        service.shutdownNow();
        try {
            // What was being written is written to its end.
            service.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(events);
        stop(requests);
    }
}
