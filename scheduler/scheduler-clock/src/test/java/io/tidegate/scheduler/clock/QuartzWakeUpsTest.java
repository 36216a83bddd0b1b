package io.tidegate.scheduler.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.DagId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuartzWakeUpsTest {
    private static final Instant NOW = Instant.parse("2001-01-08T05:00:00Z");
    private static final DagId FIRST = new DagId("first");
    private static final DagId SECOND = new DagId("second");

    /** A clock of another time than the machine's: only the wait may matter. */
    private final QuartzWakeUps wakeUps = QuartzWakeUps.create(InstantSource.fixed(NOW));

    private final List<DagId> woken = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        wakeUps.close();
    }

    @Test
    void wakesWhenTheTimeComesAndAtOnceWhenItHasPassed() {
        wakeUps.set(FIRST, NOW.minus(Duration.ofDays(400)));
        wakeUps.start(woken::add);
        wakeUps.set(SECOND, NOW.plusMillis(20));
        await().untilAsserted(() -> assertThat(woken).containsExactlyInAnyOrder(FIRST, SECOND));
    }

    @Test
    void aLaterSettingReplacesAnEarlierOneAndClearingForgetsIt() {
        wakeUps.start(woken::add);
        wakeUps.set(FIRST, NOW.plus(Duration.ofDays(400)));
        wakeUps.set(FIRST, NOW.plusMillis(1));
        await().untilAsserted(() -> assertThat(woken).containsExactly(FIRST));
        wakeUps.set(FIRST, NOW.plusMillis(100));
        wakeUps.clear(FIRST);
        wakeUps.set(SECOND, NOW.plusMillis(150));
        await().untilAsserted(() -> assertThat(woken).containsExactly(FIRST, SECOND));
    }

    @Test
    void whoIsWokenMaySetTheNextTime() {
        wakeUps.start(dag -> {
            woken.add(dag);
            if (woken.size() < 5) {
                wakeUps.set(dag, NOW.plusMillis(1));
            }
        });
        wakeUps.set(FIRST, NOW);
        await().untilAsserted(() -> assertThat(woken).hasSize(5));
    }
}
