package io.tidegate.store.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.scheduler.node.NodeSignal;
import io.tidegate.store.database.Pools;
import io.tidegate.store.fixture.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes wake each other, seldom enough, and again after their connections were lost. */
final class PostgresSignalsTest {
    private static final Set<NodeSignal> EVERYTHING = EnumSet.allOf(NodeSignal.class);
    private static final int MANY = 1000;

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final List<Set<NodeSignal>> heardByOne = new CopyOnWriteArrayList<>();
    private final List<Set<NodeSignal>> heardByOther = new CopyOnWriteArrayList<>();
    private final PostgresSignals one = new PostgresSignals(Pools.single(POSTGRES.jdbcUrl()));
    private final PostgresSignals other = new PostgresSignals(Pools.single(POSTGRES.jdbcUrl()));

    @BeforeEach
    void listen() {
        one.listen(heardByOne::add);
        other.listen(heardByOther::add);
        await().until(() -> heardByOne.equals(List.of(EVERYTHING)) && heardByOther.equals(List.of(EVERYTHING)));
        heardByOne.clear();
        heardByOther.clear();
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void whatOneSaysTheOtherHearsAndItselfDoesNot() {
        one.send(NodeSignal.RUNS);
        await().until(() -> heardByOther.contains(Set.of(NodeSignal.RUNS)));
        other.send(NodeSignal.PLACES);
        await().until(() -> heardByOne.contains(Set.of(NodeSignal.PLACES)));

        assertThat(heardByOne).doesNotContain(Set.of(NodeSignal.RUNS));
        assertThat(one.silence().orElseThrow()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void manySignalsBecomeFew() {
        Instant begin = Instant.now();
        for (int number = 0; number < MANY; number++) {
            one.send(NodeSignal.RUNS);
            one.send(NodeSignal.COMMANDS);
        }
        long pauses = (Instant.now().toEpochMilli() - begin.toEpochMilli()) / PostgresSignals.PAUSE.toMillis();
        one.close();
        await().until(() -> heardByOther.stream().anyMatch(heard -> heard.contains(NodeSignal.COMMANDS)));

        assertThat(heardByOther).hasSizeLessThanOrEqualTo((int) pauses + 3);
    }

    @Test
    void whatWaitsIsSaidBeforeTheEnd() {
        one.send(NodeSignal.RUNS);
        await().until(() -> heardByOther.contains(Set.of(NodeSignal.RUNS)));
        one.send(NodeSignal.PLACES);
        one.close();

        await().until(() -> heardByOther.contains(Set.of(NodeSignal.PLACES)));
    }

    @Test
    void afterItsConnectionsWereLostANodeLooksAtEverythingAndHearsAgain() {
        one.send(NodeSignal.RUNS);
        await().until(() -> !heardByOther.isEmpty());
        heardByOther.clear();
        POSTGRES.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE application_name = 'tidegate-signals' AND datname = current_database()");

        await().until(() -> heardByOther.contains(EVERYTHING));
        await().until(() -> {
            one.send(NodeSignal.COMMANDS);
            return heardByOther.contains(Set.of(NodeSignal.COMMANDS));
        });
    }

    @Test
    void aWordOfANewerServerWakesForNothing() {
        assertThat(SignalText.read("me", "you RUNS MODELS")).containsExactly(NodeSignal.RUNS);
        assertThat(SignalText.read("me", "me RUNS")).isEmpty();
        assertThat(SignalText.read("me", "")).isEmpty();
    }
}
