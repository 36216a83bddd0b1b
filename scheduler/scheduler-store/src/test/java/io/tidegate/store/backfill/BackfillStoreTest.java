package io.tidegate.store.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.backfill.Reprocess;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.BackfillStore;
import io.tidegate.scheduler.store.BackfillStore.Due;
import io.tidegate.scheduler.store.BackfillStore.Moved;
import io.tidegate.scheduler.store.BackfillStore.Place;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.view.BackfillViews;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backfills are fed place by place, beside the DAG's own runs, whichever server does it. */
final class BackfillStoreTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Audit ADA = new Audit("ada", "a new feature", Sample.MONDAY);

    private final BackfillStore backfills = POSTGRES.stores().backfills();
    private final RunStore runs = POSTGRES.stores().runs();
    private final Sample sample = new Sample(POSTGRES.stores());

    @BeforeEach
    void nothing() {
        POSTGRES.execute("TRUNCATE dag, node CASCADE");
        POSTGRES.execute("TRUNCATE run, backfill CASCADE");
    }

    private long begin(DagId dag, int intervals, int parallel) {
        return backfills.create(backfill(dag, parallel), places(intervals), ADA);
    }

    private static Backfill backfill(DagId dag, int parallel) {
        return new Backfill(
                new DagVersionId(dag, Sample.HASH),
                new Backfill.Stretch(LocalDate.of(2001, 1, 1), LocalDate.of(2001, 3, 1)),
                new Backfill.Manner(false, Reprocess.NONE, parallel),
                Map.of("late_minutes", "15"));
    }

    private static List<Place> places(int intervals) {
        return IntStream.range(0, intervals)
                .mapToObj(week -> new Place(Sample.week(week), Optional.empty()))
                .toList();
    }

    private RunId make(DagId dag, long backfill, Due due) {
        Run sampled = Sample.run(dag, due.place(), TriggerKind.BACKFILL);
        Run run = new Run(
                sampled.id(),
                sampled.version(),
                new Trigger(
                        TriggerKind.BACKFILL,
                        "backfill:" + backfill + ":" + due.interval().start(),
                        "ada"),
                Optional.of(due.interval()),
                Map.of(),
                sampled.progress());
        return runs.createIfAbsent(run, Sample.steps("a"), Overlap.QUEUED).id();
    }

    private void feed(DagId dag, long backfill) {
        backfills.due(backfill).forEach(due -> backfills.began(backfill, due.place(), make(dag, backfill, due)));
    }

    private static void end(RunId run, RunState state) {
        POSTGRES.execute("UPDATE run SET state = '" + state + "', owner = NULL WHERE id = '" + run + "'");
    }

    private BackfillViews.Progress progress(long id) {
        return POSTGRES.stores().backfillQueries().backfill(id).orElseThrow().progress();
    }

    private List<Integer> due(long id) {
        return backfills.due(id).stream().map(Due::place).toList();
    }

    @Test
    void whatWasAskedForIsKeptForEveryServer() {
        DagId dag = sample.dag();
        long id = begin(dag, 3, 2);
        assertThat(backfills.going()).containsExactly(new BackfillStore.Going(id, backfill(dag, 2), "ada"));
        BackfillViews.Summary shown =
                POSTGRES.stores().backfillQueries().backfill(id).orElseThrow();
        assertThat(shown.from()).isEqualTo("2001-01-01");
        assertThat(shown.reason()).isEqualTo("a new feature");
        assertThat(shown.progress()).isEqualTo(new BackfillViews.Progress(3, 3, 0, 0, 0, 0, 0));
        assertThat(POSTGRES.stores().dags().events(dag, 10))
                .extracting(DagStore.DagEvent::type)
                .containsExactly("backfill_begun");
    }

    @Test
    void runsAreDueAsPlacesGetFree() {
        DagId dag = sample.dag();
        long id = begin(dag, 4, 2);
        assertThat(due(id)).containsExactly(0, 1);
        feed(dag, id);
        assertThat(due(id)).as("both places are taken").isEmpty();
        end(backfills.goingRuns(id).get(0), RunState.FAILED);
        assertThat(due(id)).containsExactly(2);
        assertThat(progress(id)).isEqualTo(new BackfillViews.Progress(4, 2, 1, 0, 1, 0, 0));
    }

    @Test
    void aRunWhoseServerDiedBeforeWritingItDownIsFoundAndNotMadeTwice() {
        DagId dag = sample.dag();
        long id = begin(dag, 2, 1);
        RunId run = make(dag, id, backfills.due(id).get(0));
        assertThat(due(id)).as("its run is going").isEmpty();
        assertThat(POSTGRES.stores()
                        .backfillQueries()
                        .intervals(id, Optional.empty(), 10)
                        .items()
                        .get(0)
                        .run())
                .contains(run.toString());
    }

    @Test
    void backfillsGoBesideTheRunsThatTheOverlapRuleCounts() {
        DagId dag = sample.dag();
        RunId scheduled = sample.create(dag, 1, "a");
        RunId waiting = sample.create(dag, 2, "a");
        long id = begin(dag, 4, 2);
        feed(dag, id);
        RunId rerun = make(dag, id, new Due(3, Sample.week(3)));
        NodeId node = sample.node();

        List<RunId> claimed =
                runs.claim(node, 10).stream().map(RunStore.ClaimedRun::id).toList();

        assertThat(claimed).hasSize(3).contains(scheduled).doesNotContain(waiting, rerun);
        end(scheduled, RunState.SUCCEEDED);
        assertThat(runs.claim(node, 10)).extracting(RunStore.ClaimedRun::id).containsExactly(waiting);
        end(backfills.goingRuns(id).get(0), RunState.SUCCEEDED);
        assertThat(runs.claim(node, 10))
                .as("at most two of the backfill, however many wait")
                .extracting(RunStore.ClaimedRun::id)
                .containsExactly(rerun);
    }

    @Test
    void aRunThatWaitsForTheIntervalBeforeGivesWayToItAndToNoOther() {
        DagId dag = sample.dag();
        long id = begin(dag, 4, 1);
        RunId second = make(dag, id, new Due(2, Sample.week(2)));
        NodeId node = sample.node();
        assertThat(runs.claim(node, 10)).extracting(RunStore.ClaimedRun::id).containsExactly(second);
        POSTGRES.execute(
                "UPDATE step_run SET state = 'RESOLVING', reason = 'waits', held = true WHERE run = '" + second + "'");
        RunId first = make(dag, id, new Due(1, Sample.week(1)));
        assertThat(runs.claim(node, 10)).extracting(RunStore.ClaimedRun::id).containsExactly(first);
        end(first, RunState.SUCCEEDED);
        RunId third = make(dag, id, new Due(3, Sample.week(3)));
        assertThat(runs.claim(node, 10)).isEmpty();
        end(second, RunState.SUCCEEDED);
        assertThat(runs.claim(node, 10)).extracting(RunStore.ClaimedRun::id).containsExactly(third);
    }

    @Test
    void itIsFinishedWhenNothingWaitsAndNothingGoes() {
        DagId dag = sample.dag();
        long id = begin(dag, 2, 2);
        assertThat(backfills.finishIfDone(id, Sample.MONDAY)).isFalse();
        feed(dag, id);
        assertThat(backfills.finishIfDone(id, Sample.MONDAY)).isFalse();
        backfills.goingRuns(id).forEach(run -> end(run, RunState.SUCCEEDED));
        assertThat(backfills.finishIfDone(id, Sample.MONDAY)).isTrue();
        assertThat(backfills.going()).isEmpty();
        assertThat(backfills.finishIfDone(id, Sample.MONDAY)).as("once").isFalse();
    }

    @Test
    void aPausedOneMakesNothingUntilItIsResumed() {
        DagId dag = sample.dag();
        long id = begin(dag, 2, 1);
        assertThat(backfills.move(id, BackfillState.Event.PAUSE, ADA)).contains(new Moved(BackfillState.RUNNING, true));
        assertThat(due(id)).isEmpty();
        assertThat(backfills.going()).isEmpty();
        assertThat(backfills.move(id, BackfillState.Event.PAUSE, ADA)).contains(new Moved(BackfillState.PAUSED, false));
        backfills.move(id, BackfillState.Event.RESUME, ADA);
        assertThat(due(id)).containsExactly(0);
        assertThat(POSTGRES.stores().dags().events(dag, 10))
                .extracting(DagStore.DagEvent::type)
                .containsExactly("backfill_running", "backfill_paused", "backfill_begun");
    }

    @Test
    void aCancelledOneLeavesOutWhatWaitsAndSaysSoToWhoMakesARunMeanwhile() {
        DagId dag = sample.dag();
        long id = begin(dag, 3, 2);
        List<Due> due = backfills.due(id);
        backfills.began(id, 0, make(dag, id, due.get(0)));
        RunId late = make(dag, id, due.get(1));
        backfills.move(id, BackfillState.Event.CANCEL, ADA);
        assertThat(backfills.began(id, 1, late)).as("still wanted").isFalse();
        assertThat(progress(id)).isEqualTo(new BackfillViews.Progress(3, 0, 2, 0, 0, 0, 1));
        assertThat(backfills.goingRuns(id)).hasSize(2);
        assertThat(backfills.move(id, BackfillState.Event.RESUME, ADA))
                .contains(new Moved(BackfillState.CANCELLED, false));
        assertThat(backfills.move(4242, BackfillState.Event.PAUSE, ADA)).isEmpty();
    }

    @Test
    void pagesGoByKey() {
        DagId dag = sample.dag();
        long first = begin(dag, 3, 1);
        long second = begin(dag, 1, 1);
        var queries = POSTGRES.stores().backfillQueries();
        var page = queries.backfills(Optional.of(dag.value()), Optional.empty(), 1);
        assertThat(page.items()).extracting(BackfillViews.Summary::id).containsExactly(second);
        assertThat(queries.backfills(Optional.empty(), page.next(), 1).items())
                .extracting(BackfillViews.Summary::id)
                .containsExactly(first);
        var intervals = queries.intervals(first, Optional.empty(), 2);
        assertThat(intervals.items()).hasSize(2);
        assertThat(queries.intervals(first, intervals.next(), 2).items())
                .extracting(BackfillViews.IntervalView::place)
                .containsExactly(2);
    }
}
