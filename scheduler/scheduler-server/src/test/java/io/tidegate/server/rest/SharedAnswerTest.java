package io.tidegate.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SharedAnswerTest {
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger computed = new AtomicInteger();
    private final SharedAnswer<Integer> answer = new SharedAnswer<>(computed::incrementAndGet, changes::get, now::get);

    private void pass(long milliseconds) {
        now.addAndGet(Duration.ofMillis(milliseconds).toNanos());
    }

    @Test
    void oneAnswerServesASecondAndNoChange() {
        assertThat(answer.get()).isEqualTo(1);
        pass(999);
        assertThat(answer.get()).isEqualTo(1);
        pass(1);
        assertThat(answer.get()).as("others may have changed something").isEqualTo(2);
        changes.incrementAndGet();
        assertThat(answer.get()).as("something was changed here").isEqualTo(3);
        assertThat(answer.get()).isEqualTo(3);
    }

    @Test
    void aFailureIsTriedAgain() {
        SharedAnswer<Integer> failing = new SharedAnswer<>(
                () -> {
                    if (computed.incrementAndGet() == 1) {
                        throw new IllegalStateException("no database");
                    }
                    return computed.get();
                },
                changes::get,
                now::get);
        assertThatThrownBy(failing::get).hasMessage("no database");
        assertThat(failing.get()).isEqualTo(2);
    }

    /** What changed while an answer was computed may be missing in it. */
    @Test
    void whoAsksAfterAChangeDuringAComputationGetsTheNextOne() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SharedAnswer<Long> slow = new SharedAnswer<>(
                () -> {
                    long seen = changes.get();
                    begun.countDown();
                    await(goOn);
                    return seen;
                },
                changes::get,
                System::nanoTime);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<Long> early = threads.submit(slow::get);
            begun.await();
            changes.set(5);
            List<Future<Long>> late = new ArrayList<>(List.of(threads.submit(slow::get), threads.submit(slow::get)));
            goOn.countDown();
            assertThat(early.get()).isZero();
            for (Future<Long> asked : late) {
                assertThat(asked.get()).isEqualTo(5);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
