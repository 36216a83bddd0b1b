package io.tidegate.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.scheduler.store.HistoryStore.Retention;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HistoryStoreTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Instant SUMMER = Instant.parse("2001-07-01T00:00:00Z");

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
            POSTGRES.execute("UPDATE run SET state = 'SUCCEEDED', finished_at = '"
                    + Sample.MONDAY.plus(Duration.ofDays(day)) + "' WHERE id = '" + owned.run() + "'");
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
        int last = 1;
        while (last > 0) {
            last = history.prune(retention, 3);
            assertThat(last).as("small batches").isLessThanOrEqualTo(3);
        }
    }

    @Test
    void runsGoByAgeWithAllThatBelongsToThemButTheNewestStay() {
        List<RunId> runs = ended(sample.dag(), 15);
        RunId first = runs.get(0);
        pruneAll(new Retention(Optional.of(Sample.MONDAY.plus(Duration.ofDays(3))), OptionalInt.empty()));

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
}
