package io.tidegate.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.DagId;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.threshold.ThresholdReading;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a commit writes, and what it refuses. */
final class GroupCommitTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Instant LATER = Sample.MONDAY.plusSeconds(90);

    private final RunStore runs = POSTGRES.stores().runs();
    private final Sample sample = new Sample(POSTGRES.stores());

    @Test
    void everythingOfARunSurvivesTheDatabase() {
        Owned owned = sample.own(sample.dag(), 1, "refit", "publish");
        Run before = runs.load(owned.run()).orElseThrow().run();
        Run run = before.withProgress(
                new Run.Progress(RunState.RUNNING, Sample.MONDAY, Optional.of(LATER), Optional.empty(), "going"));
        StepRun step = retrying();
        Attempt attempt = failed(owned);

        assertThat(sample.commit(
                        owned,
                        new Change.RunWritten(run),
                        new Change.StepWritten(step),
                        new Change.AttemptWritten(Sample.attempt(owned, "refit", 1, AttemptState.FAILED)),
                        new Change.AttemptWritten(attempt)))
                .isEqualTo(CommitOutcome.WRITTEN);

        RunSnapshot loaded = runs.load(owned.run()).orElseThrow();
        assertThat(loaded.run()).isEqualTo(run);
        assertThat(loaded.step(step.step()))
                .usingRecursiveComparison()
                .ignoringFields("reason")
                .isEqualTo(step);
        assertThat(loaded.step(step.step()).reason()).isEqualTo("a nul \uFFFD in a message");
        assertThat(loaded.step(new StepId("publish"))).isEqualTo(StepRun.waiting(new StepId("publish")));
        assertThat(loaded.attempts()).as("the newest attempt").isEqualTo(Map.of(step.step(), attempt));
    }

    private static StepRun retrying() {
        ThresholdReading reading = new ThresholdReading(
                true,
                "log_loss 0.51 above 0.5",
                List.of(new ThresholdReading.RuleReading(
                        "log_loss mean > 0.5",
                        true,
                        "0.51 > 0.5",
                        Optional.of("log_loss"),
                        Optional.of(0.51),
                        List.of(new ThresholdReading.Point("2001-01-01", 0.51, 4000, true)))));
        GateVerdict verdict = new GateVerdict(
                false,
                "worse",
                2,
                Optional.of(1),
                List.of(new GateVerdict.RuleVerdict(
                        "a < b", false, Optional.of(0.5), Optional.empty(), "not measured")));
        return new StepRun(
                new StepId("refit"),
                StepState.RETRYING,
                "a nul \0 in a message",
                2,
                Map.of(FailureKind.USER, 1, FailureKind.LOST, 1),
                new StepRun.Timing(Optional.of(LATER), Optional.empty(), Optional.of(LATER.plusSeconds(5))),
                new StepRun.Findings(Optional.of(FailureKind.LOST), Optional.of(reading), Optional.of(verdict)));
    }

    private static Attempt failed(Owned owned) {
        Attempt launched = Sample.attempt(owned, "refit", 2, AttemptState.FAILED);
        return new Attempt(
                launched.step(),
                2,
                launched.key(),
                "spark",
                Optional.of(new ExternalJob(launched.key(), "pid 7", Map.of("started", "later"))),
                AttemptState.FAILED,
                new Attempt.Outcome(
                        Sample.MONDAY,
                        Optional.of(LATER),
                        Optional.of(LATER.plusSeconds(1)),
                        OptionalInt.of(137),
                        Optional.of(FailureKind.LOST),
                        "gone"));
    }

    @Test
    void aStaleCommitIsToldAndOthersAreWritten() {
        DagId dag = sample.dag();
        Owned first = sample.own(dag, 1, "a");
        Owned second = sample.own(dag, 2, "a");
        Owned stale = new Owned(first.run(), first.fence() - 1, first.node());
        Owned unknown = new Owned(Sample.runId(), 1, first.node());

        List<CommitOutcome> outcomes = runs.commit(List.of(
                Sample.commitOf(stale, Sample.step("a", StepState.FAILED)),
                Sample.commitOf(second, Sample.step("a", StepState.RUNNING)),
                Sample.commitOf(unknown, Sample.step("a", StepState.RUNNING)),
                Sample.commitOf(first, Sample.step("a", StepState.RESOLVING))));

        assertThat(outcomes)
                .containsExactly(
                        CommitOutcome.STALE, CommitOutcome.WRITTEN, CommitOutcome.STALE, CommitOutcome.WRITTEN);
        assertThat(state(first)).isEqualTo(StepState.RESOLVING);
        assertThat(state(second)).isEqualTo(StepState.RUNNING);
        assertThat(runs.commit(List.of())).isEmpty();
    }

    @Test
    void whatWasWrittenBeforeOneRunProvedToBeSomebodyElsesIsTakenBack() {
        DagId dag = sample.dag();
        Owned lost = sample.own(dag, 1, "a");
        Owned kept = sample.own(dag, 2, "a");
        Owned stale = new Owned(lost.run(), lost.fence() - 1, lost.node());

        List<CommitOutcome> outcomes = runs.commit(List.of(
                Sample.commitOf(kept, Sample.step("a", StepState.RUNNING), event("step_launched")),
                Sample.commitOf(stale, Sample.step("a", StepState.FAILED), event("step_failed"))));

        assertThat(outcomes).containsExactly(CommitOutcome.WRITTEN, CommitOutcome.STALE);
        assertThat(state(kept)).isEqualTo(StepState.RUNNING);
        assertThat(history(kept)).containsExactly("run_created", "step_launched");
        assertThat(state(lost)).isEqualTo(StepState.WAITING);
        assertThat(history(lost)).containsExactly("run_created");
    }

    private List<String> history(Owned owned) {
        return POSTGRES.stores().runQueries().events(owned.run(), 0, 10).stream()
                .map(RunViews.EventView::type)
                .toList();
    }

    private StepState state(Owned owned) {
        return runs.load(owned.run()).orElseThrow().step(new StepId("a")).state();
    }

    @Test
    void theLastOfSeveralChangesOfOneStepInABatchCounts() {
        Owned owned = sample.own(sample.dag(), 1, "a");
        runs.commit(List.of(
                Sample.commitOf(owned, Sample.step("a", StepState.RESOLVING), event("step_ready")),
                Sample.commitOf(owned, Sample.step("a", StepState.RUNNING), event("step_launched"))));
        assertThat(state(owned)).isEqualTo(StepState.RUNNING);
        assertThat(history(owned)).containsExactly("run_created", "step_ready", "step_launched");
    }

    private static Change.EventAppended event(String type) {
        return new Change.EventAppended(
                Sample.MONDAY, Optional.of(new StepId("a")), Optional.of(1), type, Map.of("why", "test"));
    }

    @Test
    void anAttemptInATerminalStateNeverChanges() {
        Owned owned = sample.own(sample.dag(), 1, "a");
        sample.commit(owned, Sample.attemptWritten(owned, "a", 1, AttemptState.RUNNING));
        sample.commit(owned, Sample.attemptWritten(owned, "a", 1, AttemptState.SUCCEEDED));
        sample.commit(owned, Sample.attemptWritten(owned, "a", 1, AttemptState.FAILED));
        assertThat(attemptState(owned)).isEqualTo(AttemptState.SUCCEEDED);

        Owned batch = sample.own(sample.dag(), 1, "a");
        sample.commit(
                batch,
                Sample.attemptWritten(batch, "a", 1, AttemptState.CANCELLED),
                Sample.attemptWritten(batch, "a", 1, AttemptState.SUCCEEDED));
        assertThat(attemptState(batch)).isEqualTo(AttemptState.CANCELLED);
    }

    private AttemptState attemptState(Owned owned) {
        return runs.load(owned.run())
                .orElseThrow()
                .attempts()
                .get(new StepId("a"))
                .state();
    }

    @Test
    void historyCannotBeChanged() {
        Owned owned = sample.own(sample.dag(), 1, "a");
        sample.commit(owned, event("step_ready"));
        assertThatThrownBy(() -> POSTGRES.execute("UPDATE run_event SET type = 'other'"))
                .hasRootCauseMessage("ERROR: rows of run_event are history and never change\n"
                        + "  Where: PL/pgSQL function refuse_change_of_history() line 3 at RAISE");
    }

    @Test
    void aReportIsTakenInOnce() {
        Owned owned = sample.own(sample.dag(), 1, "train");
        StepReport report = new StepReport(
                List.of(Sample.metric("auc", 0.7, Optional.empty(), Optional.empty())),
                Map.of(),
                Map.of("rows", "12"),
                List.of(),
                List.of(Sample.model("once"), Sample.model("Not A Name")),
                List.of("line 3: not JSON"));

        sample.succeed(owned, "train", report);
        sample.succeed(owned, "train", report);

        StepId step = new StepId("train");
        assertThat(POSTGRES.stores().resolutionReads().metrics(owned.run(), step))
                .hasSize(1);
        assertThat(POSTGRES.stores().runQueries().outputs(owned.run(), step)).isEqualTo(Map.of("rows", "12"));
        assertThat(POSTGRES.stores()
                        .dataQueries()
                        .model(new ModelName("once"))
                        .orElseThrow()
                        .versions())
                .hasSize(1);
        assertThat(POSTGRES.stores()
                        .runQueries()
                        .attempts(owned.run(), step)
                        .get(0)
                        .reportProblems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("'Not A Name' was not registered"));
    }

    @Test
    void aVerdictOnAnotherChampionIsAConflictAndOthersAreWritten() {
        DagId dag = sample.dag();
        Owned owned = sample.own(dag, 1, "a", "publish");
        Owned other = sample.own(dag, 2, "a");
        register(owned, "contested", 3);

        List<CommitOutcome> outcomes = runs.commit(List.of(
                publish(owned, "contested", true, 1, Optional.empty()),
                publish(owned, "contested", true, 2, Optional.empty()),
                Sample.commitOf(other, Sample.step("a", StepState.RUNNING)),
                publish(owned, "contested", false, 2, Optional.of(1)),
                publish(owned, "contested", true, 7, Optional.of(1)),
                publish(owned, "contested", true, 3, Optional.of(1))));

        assertThat(outcomes)
                .containsExactly(
                        CommitOutcome.WRITTEN,
                        CommitOutcome.CONFLICT,
                        CommitOutcome.WRITTEN,
                        CommitOutcome.WRITTEN,
                        CommitOutcome.CONFLICT,
                        CommitOutcome.WRITTEN);
        assertThat(state(other)).isEqualTo(StepState.RUNNING);
        assertThat(states("contested")).containsExactly(ModelState.CHAMPION, ModelState.REJECTED, ModelState.RETIRED);
        assertThat(publish(owned, "contested", true, 3, Optional.of(3)))
                .as("a champion cannot challenge itself")
                .satisfies(commit -> assertThat(runs.commit(List.of(commit))).containsExactly(CommitOutcome.CONFLICT));
    }

    /** Newest version first. */
    private static List<ModelState> states(String model) {
        return POSTGRES.stores().dataQueries().model(new ModelName(model)).orElseThrow().versions().stream()
                .map(version -> version.state())
                .toList();
    }

    private void register(Owned owned, String model, int versions) {
        for (int attempt = 1; attempt <= versions; attempt++) {
            StepReport report =
                    new StepReport(List.of(), Map.of(), Map.of(), List.of(), List.of(Sample.model(model)), List.of());
            sample.commit(
                    owned,
                    Sample.attemptWritten(owned, "a", attempt, AttemptState.SUCCEEDED),
                    new Change.ReportTaken(new StepId("a"), attempt, report, List.of(), "digest", Sample.MONDAY));
        }
    }

    private static RunCommit publish(
            Owned owned, String model, boolean accepted, int challenger, Optional<Integer> champion) {
        GateVerdict verdict = new GateVerdict(accepted, "because", challenger, champion, List.of());
        return Sample.commitOf(
                owned,
                new Change.PublicationDecided(new ModelName(model), new StepId("publish"), verdict, Sample.MONDAY));
    }

    @Test
    void versionNumbersOfWritersAtOnceHaveNoGapsAndNoDuplicates() throws Exception {
        int writers = 4;
        int each = 10;
        DagId dag = sample.dag();
        List<Owned> owners = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            owners.add(sample.own(dag, writer, "a"));
        }
        CyclicBarrier together = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Boolean>> calls = owners.stream()
                    .<Callable<Boolean>>map(owned -> () -> {
                        together.await();
                        register(owned, "busy", each);
                        return true;
                    })
                    .toList();
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(POSTGRES.stores()
                        .dataQueries()
                        .model(new ModelName("busy"))
                        .orElseThrow()
                        .versions())
                .extracting(version -> version.version())
                .hasSize(writers * each)
                .doesNotHaveDuplicates()
                .contains(1, writers * each);
    }

    @Test
    void aStepTheRunDoesNotHaveIsADefectAndNothingIsWritten() {
        Owned owned = sample.own(sample.dag(), 1, "a");
        assertThatThrownBy(() -> sample.commit(owned, event("step_ready"), Sample.step("b", StepState.RUNNING)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("b");
        assertThat(POSTGRES.stores().runQueries().events(owned.run(), 0, 10)).hasSize(1);
    }
}
