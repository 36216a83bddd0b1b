package io.tidegate.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.scheduler.store.HistoryStore.Retention;
import io.tidegate.scheduler.store.HistoryStore.Surplus;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HistoryStoreTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    /** Runs end after they were made, which their identifiers say. */
    private static final Instant JANUARY = Instant.parse("2025-01-01T00:00:00Z");

    private static final Instant SUMMER = Instant.parse("2025-07-01T00:00:00Z");

    private final Sample sample = new Sample(POSTGRES.stores());
    private final HistoryStore history = POSTGRES.stores().history();

    /** Runs that ended one a day, the first on the first of January, with all that belongs to a run. */
    private List<RunId> ended(DagId dag, int count) {
        List<RunId> runs = new ArrayList<>();
        for (int day = 0; day < count; day++) {
            Owned owned = sample.own(dag, day, "a");
            sample.succeed(owned, "a", Sample.metrics(Sample.metric("rows", 3, Optional.empty(), Optional.empty())));
            sample.commit(
                    owned,
                    Sample.step("a", StepState.SUCCEEDED),
                    new Change.EventAppended(
                            Sample.MONDAY, Optional.of(new StepId("a")), Optional.empty(), "step_succeeded", Map.of()));
            POSTGRES.stores().runs().release(owned.run(), owned.fence());
            POSTGRES.execute("UPDATE run SET state = 'SUCCEEDED', finished_at = '" + JANUARY.plus(Duration.ofDays(day))
                    + "' WHERE id = '" + owned.run() + "'");
            runs.add(owned.run());
        }
        return runs;
    }

    private List<RunId> left(List<RunId> runs) {
        return runs.stream()
                .filter(run -> POSTGRES.stores().runQueries().run(run).isPresent())
                .toList();
    }

    private void pruneAll(Retention retention) {
        for (Surplus surplus : history.surplus(retention)) {
            int last = 1;
            while (last > 0) {
                last = history.prune(surplus, retention, 3);
                assertThat(last).as("small batches").isLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void runsGoByAgeWithAllThatBelongsToThemButTheNewestStay() {
        List<RunId> runs = ended(sample.dag(), 15);
        RunId first = runs.get(0);
        pruneAll(new Retention(Optional.of(JANUARY.plus(Duration.ofDays(3))), OptionalInt.empty()));

        assertThat(left(runs)).containsExactlyElementsOf(runs.subList(3, 15));
        assertThat(POSTGRES.stores().runQueries().events(first, 0, 10)).isEmpty();
        assertThat(POSTGRES.stores().runQueries().attempts(first, new StepId("a")))
                .isEmpty();
        assertThat(POSTGRES.stores().runQueries().outputs(first, new StepId("a")))
                .isEmpty();
        assertThat(POSTGRES.count("SELECT count(*) FROM metric WHERE run = '" + first + "'"))
                .as("metrics are what thresholds look back at")
                .isPositive();

        pruneAll(new Retention(Optional.of(SUMMER), OptionalInt.empty()));
        assertThat(left(runs)).containsExactlyElementsOf(runs.subList(15 - HistoryStore.ALWAYS_KEPT, 15));
    }

    @Test
    void runsGoByCount() {
        List<RunId> runs = ended(sample.dag(), 14);
        pruneAll(new Retention(Optional.empty(), OptionalInt.of(12)));

        assertThat(left(runs)).containsExactlyElementsOf(runs.subList(2, 14));
    }

    @Test
    void whatSomebodyNeedsStays() {
        List<RunId> runs = ended(sample.dag(), 15);
        POSTGRES.execute("UPDATE run SET state = 'RUNNING', finished_at = NULL WHERE id = '" + runs.get(0) + "'");
        POSTGRES.execute(
                "INSERT INTO command (run, type, actor, reason) VALUES ('" + runs.get(1) + "', 'RERUN', 'a', '')");
        POSTGRES.execute("INSERT INTO sub_run (launch_key, parent, step, attempt, run, takes, waits) VALUES ('k', '"
                + runs.get(14) + "', 'a', 1, '" + runs.get(2) + "', '[]', true)");
        pruneAll(new Retention(Optional.of(SUMMER), OptionalInt.empty()));

        assertThat(left(runs)).contains(runs.get(0), runs.get(1), runs.get(2)).doesNotContain(runs.get(3), runs.get(4));
    }

    @Test
    void aBatchIsAsLargeAsItsStepsAndNoSmallerThanARun() {
        DagId dag = sample.dag();
        for (int day = 0; day < 3; day++) {
            RunId run = sample.create(dag, day, "a", "b", "c");
            POSTGRES.execute(
                    "UPDATE run SET state = 'SUCCEEDED', finished_at = '" + JANUARY + "' WHERE id = '" + run + "'");
        }
        ended(dag, 10);
        Retention retention = new Retention(Optional.empty(), OptionalInt.of(10));
        Surplus surplus = history.surplus(retention).stream()
                .filter(found -> found.dag().equals(dag))
                .findFirst()
                .orElseThrow();

        assertThat(history.prune(surplus, retention, 4))
                .as("three steps, and then more than four")
                .isEqualTo(2);
        assertThat(history.prune(surplus, retention, 1)).isEqualTo(1);
        assertThat(history.prune(surplus, retention, 1)).isZero();
        assertThat(history.surplus(retention)).extracting(Surplus::dag).doesNotContain(dag);
    }

    @Test
    void deliveredMessagesGoAStretchAtATimeUpToThoseThatAreTooYoung() {
        POSTGRES.execute("""
                INSERT INTO outbox (topic, destination, reference, action, created_at, next_at, delivered_at)
                SELECT 'LINEAGE', '', 'old-' || n, 'start', CAST('2001-01-01Z' AS timestamptz) + n * interval '1 day', now(),
                       CASE WHEN n = 2 THEN NULL ELSE CAST('2001-01-01Z' AS timestamptz) + n * interval '1 day' END
                FROM generate_series(1, 9) n""");
        Instant before = Instant.parse("2001-01-06T12:00:00Z");
        List<Long> stretches = new ArrayList<>();
        OptionalLong next = OptionalLong.of(0);
        while (next.isPresent()) {
            next = history.pruneMessages(before, next.getAsLong(), 2);
            next.ifPresent(stretches::add);
        }

        assertThat(stretches).as("1 and 2, 3 and 4; 6 is too young").hasSize(2);
        assertThat(POSTGRES.count(
                        "SELECT count(*) FROM outbox WHERE reference IN ('old-1', 'old-3', 'old-4', 'old-5')"))
                .isZero();
        assertThat(POSTGRES.count("SELECT count(*) FROM outbox WHERE reference LIKE 'old-%'"))
                .isEqualTo(5);
    }
}
