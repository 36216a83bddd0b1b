package io.tidegate.scheduler.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.DagId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuartzWakeUpsTest {
    private static final Instant NOW = Instant.parse("2001-01-08T05:00:00Z");
    private static final DagId FIRST = new DagId("first");
    private static final DagId SECOND = new DagId("second");

    /** A clock of another time than the machine's: only the wait may matter. */
    private final QuartzWakeUps wakeUps =
            QuartzWakeUps.create(Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), NOW)));

    private final List<DagId> woken = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        wakeUps.close();
    }

    @Test
    void wakesWhenTheTimeComesAndAtOnceWhenItHasPassed() {
        wakeUps.set(FIRST, NOW.minus(Duration.ofDays(400)));
        wakeUps.start(woken::addAll);
        wakeUps.set(SECOND, NOW.plusMillis(20));
        await().untilAsserted(() -> assertThat(woken).containsExactlyInAnyOrder(FIRST, SECOND));
    }

    @Test
    void aLaterSettingReplacesAnEarlierOneAndClearingForgetsIt() {
        AtomicReference<Instant> time = new AtomicReference<>(NOW);
        try (QuartzWakeUps stopped = QuartzWakeUps.create(time::get)) {
            stopped.start(woken::addAll);
            stopped.set(FIRST, NOW.plus(Duration.ofDays(400)));
            stopped.set(FIRST, NOW);
            await().untilAsserted(() -> assertThat(woken).containsExactly(FIRST));
            stopped.set(FIRST, NOW.plus(Duration.ofHours(1)));
            stopped.clear(FIRST);
            // By now FIRST would have been due both times.
            time.set(NOW.plus(Duration.ofDays(500)));
            stopped.set(SECOND, NOW);
            await().untilAsserted(() -> assertThat(woken).containsExactly(FIRST, SECOND));
        }
    }

    @Test
    void whoIsWokenMaySetTheNextTime() {
        wakeUps.start(dags -> {
            woken.addAll(dags);
            if (woken.size() < 5) {
                wakeUps.set(FIRST, NOW.plusMillis(1));
            }
        });
        wakeUps.set(FIRST, NOW);
        await().untilAsserted(() -> assertThat(woken).hasSize(5));
    }

    @Test
    void whoIsDueTogetherIsWokenTogether() {
        List<Collection<DagId>> calls = new CopyOnWriteArrayList<>();
        List<DagId> many = IntStream.range(0, 10_000)
                .mapToObj(number -> new DagId("dag-" + number))
                .toList();
        many.forEach(dag -> wakeUps.set(dag, NOW));
        wakeUps.start(calls::add);
        await().untilAsserted(() -> assertThat(calls).hasSize(1));
        assertThat(calls.get(0)).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void onlyWhoseTimeHasComeIsTakenAndTheEarliestFirst() {
        DueTimes times = new DueTimes();
        times.set(FIRST, NOW.plusSeconds(2));
        times.set(SECOND, NOW.plusSeconds(1));
        assertThat(times.take(NOW)).isEmpty();
        assertThat(times.first()).contains(NOW.plusSeconds(1));
        assertThat(times.take(NOW.plusSeconds(2))).containsExactly(SECOND, FIRST);
        assertThat(times.first()).isEmpty();
    }
}
