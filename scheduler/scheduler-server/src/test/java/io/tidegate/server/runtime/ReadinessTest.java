package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import io.tidegate.server.testing.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a server says that it is not ready. */
final class ReadinessTest {
    private final AtomicLong nanoTime = new AtomicLong();

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void aLoopThatHasNotGoneRoundForTooLongMakesTheServerNotReadyUntilItDoes() {
        CountDownLatch stuck = new CountDownLatch(1);
        try (Loops loops = new Loops(InstantSource.system(), nanoTime::get)) {
            LoopCheck check = new LoopCheck(loops::lags);
            loops.every("stuck", Duration.ofSeconds(1), () -> {
                try {
                    stuck.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            pass(Duration.ofSeconds(30));
            assertThat(check.execute().isHealthy())
                    .as("a slow round is no harm")
                    .isTrue();

            pass(Duration.ofSeconds(30));
            HealthCheck.Result silent = check.execute();
            assertThat(silent.isHealthy()).isFalse();
            assertThat(silent.getMessage()).isEqualTo("silent loops: stuck");

            stuck.countDown();
            Waiting.until(() -> check.execute().isHealthy());
        }
    }

    @Test
    void aServerThatDrainsIsNotReady() {
        AtomicBoolean draining = new AtomicBoolean();
        DrainCheck check = new DrainCheck(draining::get);
        assertThat(check.execute().isHealthy()).isTrue();

        draining.set(true);
        assertThat(check.execute().isHealthy()).isFalse();
    }
}
