package io.tidegate.executor.testkit;

import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** How far the jobs of {@link FakeExecutor} are, and how long it takes to say so. Safe for use by several threads. */
final class FakeProgress {
    private final Map<LaunchKey, JobProgress> told = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Optional<JobProgress> of(LaunchKey key) {
        questions.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(told.get(key));
    }

    void tell(LaunchKey key, JobProgress progress) {
        told.put(key, progress);
    }

    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    int questions() {
        return questions.get();
    }
}
