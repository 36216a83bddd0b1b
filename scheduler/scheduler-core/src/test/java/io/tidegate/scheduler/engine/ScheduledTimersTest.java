package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScheduledTimersTest {
    private static final Instant NOW = Instant.parse("2026-01-05T06:00:00Z");

    @Test
    void callsATaskWhoseInstantHasPassedAtOnceAndSurvivesATaskThatFails() throws InterruptedException {
        try (ScheduledTimers timers = new ScheduledTimers(InstantSource.fixed(NOW))) {
            CountDownLatch called = new CountDownLatch(2);
            List<Runnable> unused = List.of(
                    timers.at(NOW.minusSeconds(60), called::countDown),
                    timers.at(NOW, () -> {
                        throw new IllegalStateException("a bug");
                    }),
                    timers.at(NOW.plusMillis(5), called::countDown));

            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTimerThatIsTakenBackIsNotKeptUntilItsTime() {
        try (ScheduledTimers timers = new ScheduledTimers(InstantSource.fixed(NOW))) {
            Runnable takeBack = timers.at(NOW.plusSeconds(3600), () -> {});
            assertThat(timers.waiting()).isEqualTo(1);

            takeBack.run();

            assertThat(timers.waiting()).isZero();
        }
    }

    @Test
    void setsNoTimerOnceItIsClosed() {
        ScheduledTimers timers = new ScheduledTimers(InstantSource.fixed(NOW));
        timers.close();
        Runnable unused = timers.at(NOW, () -> {
            throw new AssertionError("called after the end");
        });
    }
}
