package io.tidegate.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps of runs that are over are counted once, and every change of them is seen all the same. */
final class CountedStepsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Map<StepState, Integer> BOTH_GOOD = Map.of(StepState.SUCCEEDED, 2);
    private static final Map<StepState, Integer> ONE_BAD = Map.of(StepState.SUCCEEDED, 1, StepState.FAILED, 1);

    private final RunQueries queries = POSTGRES.stores().runQueries();
    private final RunStore runs = POSTGRES.stores().runs();
    private final Sample sample = new Sample(POSTGRES.stores());

    private Owned over(DagId dag, int week) {
        Owned owned = sample.own(dag, week, "a", "b");
        sample.commit(owned, Sample.step("a", StepState.SUCCEEDED), Sample.step("b", StepState.SUCCEEDED));
        POSTGRES.execute("UPDATE run SET state = 'SUCCEEDED' WHERE id = '" + owned.run() + "'");
        return owned;
    }

    private void giveBack(Owned owned, Change... before) {
        List<Change> changes = new ArrayList<>(List.of(before));
        changes.add(new Change.RunReleased(runs.load(owned.run()).orElseThrow().run()));
        assertThat(sample.commit(owned, changes.toArray(Change[]::new))).isEqualTo(CommitOutcome.WRITTEN);
    }

    private Map<StepState, Integer> shown(RunId run) {
        Map<StepState, Integer> alone = queries.run(run).orElseThrow().steps();
        String dag = queries.run(run).orElseThrow().dag();
        assertThat(queries.recentRuns(List.of(dag), 5).get(dag))
                .as("lists say the same")
                .filteredOn(summary -> summary.run().equals(run.toString()))
                .extracting(RunViews.Summary::steps)
                .containsExactly(alone);
        return alone;
    }

    private boolean isCounted(RunId run) {
        return POSTGRES.count("SELECT count(*) FROM run WHERE id = '" + run + "' AND counted_at_fence = fence") == 1;
    }

    @Test
    void countsOfARunThatIsOverLastUntilSomebodyWorksOnItAgain() {
        Owned first = over(sample.dag(), 1);
        giveBack(first);
        assertThat(isCounted(first.run())).isTrue();
        assertThat(shown(first.run())).isEqualTo(BOTH_GOOD);

        // A person marks a step: the run is claimed, and stays over.
        POSTGRES.execute("INSERT INTO command (run, type, actor, reason) VALUES ('" + first.run()
                + "', 'MARK_FAILED', 'a', 'b')");
        RunStore.ClaimedRun again = runs.claim(first.node(), new RunStore.Wish(100, true, Set.of())).stream()
                .filter(claimed -> claimed.id().equals(first.run()))
                .findFirst()
                .orElseThrow();
        Owned second = new Owned(first.run(), again.fence(), first.node());
        sample.commit(second, Sample.step("b", StepState.FAILED));
        assertThat(shown(first.run())).isEqualTo(ONE_BAD);

        giveBack(second, Sample.step("b", StepState.SUCCEEDED), Sample.step("a", StepState.FAILED));
        assertThat(isCounted(first.run())).isTrue();
        assertThat(shown(first.run())).isEqualTo(ONE_BAD);
    }

    @Test
    void whatAVersionBeforeThisOneGaveBackIsCountedWhenItIsShown() {
        Owned owned = over(sample.dag(), 2);
        POSTGRES.execute("UPDATE run SET step_counts = '{\"FAILED\": 7}', counted_at_fence = fence WHERE id = '"
                + owned.run() + "'");
        POSTGRES.execute("UPDATE run SET owner = NULL, fence = fence + 1 WHERE id = '" + owned.run() + "'");

        assertThat(shown(owned.run())).isEqualTo(BOTH_GOOD);
    }

    @Test
    void aRunThatGoesOnElsewhereIsNotCounted() {
        Owned owned = sample.own(sample.dag(), 3, "a", "b");
        runs.release(owned.run(), owned.fence());

        assertThat(isCounted(owned.run())).isFalse();
        assertThat(shown(owned.run())).isEqualTo(Map.of(StepState.WAITING, 2));
    }

    @Test
    void theNewestRunsOfSeveralDags() {
        DagId many = sample.dag();
        DagId one = sample.dag();
        List<String> newestFirst = new ArrayList<>();
        for (int week = 0; week < 4; week++) {
            newestFirst.add(0, sample.create(many, week, "a").toString());
        }
        RunId only = sample.create(one, 1, "a");

        Map<String, List<RunViews.Summary>> recent =
                queries.recentRuns(List.of(many.value(), one.value(), "unknown"), 3);
        assertThat(recent).containsOnlyKeys(many.value(), one.value());
        assertThat(recent.get(many.value()))
                .extracting(RunViews.Summary::run)
                .containsExactlyElementsOf(newestFirst.subList(0, 3));
        assertThat(recent.get(one.value())).extracting(RunViews.Summary::run).containsExactly(only.toString());
    }
}
