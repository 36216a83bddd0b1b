package io.tidegate.server.runtime;

import io.tidegate.executor.Executor;
import io.tidegate.executor.JobProgress;
import io.tidegate.scheduler.progress.ProgressKeeper;
import io.tidegate.scheduler.progress.RunningAttempt;
import io.tidegate.scheduler.progress.RunningAttempts;
import io.tidegate.server.report.ApiReports;
import io.tidegate.server.report.ReportTail;
import io.tidegate.server.stream.EventHub;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Who asks how far running attempts are, and tells dashboards.
 *
 * @param threads its own, so that a cluster that is slow to answer keeps nothing else waiting
 */
record Progress(ProgressKeeper keeper, ExecutorService threads) implements AutoCloseable {
    private static final int MOST_THREADS = 16;
    private static final long IDLE_SECONDS = 30;

    static Progress of(
            Function<String, Optional<Executor>> executors, RunningAttempts attempts, ApiReports api, EventHub hub) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tidegate-progress");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return new Progress(
                new ProgressKeeper(
                        executors,
                        attempts,
                        new ReportTail(api),
                        (attempt, progress) -> hub.tell("progress", event(attempt, progress)),
                        threads),
                threads);
    }

    private static Map<String, Object> event(RunningAttempt attempt, JobProgress progress) {
        return Map.of(
                "run", attempt.run().toString(),
                "step", attempt.step().value(),
                "attempt", attempt.number(),
                "fraction", progress.fraction(),
                "message", progress.message());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
