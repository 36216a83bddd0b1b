package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Mark;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.CommandStore.Command;
import io.tidegate.scheduler.store.CommandStore.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A person's word on how a step ended counts instead of what its attempts say. */
final class MarkTest {
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").task("c", "b").build();
    private static final DagGraph JOIN =
            new DagBuilder("join").task("a").task("b").task("c", "a", "b").build();

    @Test
    void whatAFailedStepHadBlockedGoesOnOnceItCountsAsSucceeded() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").fail("a");
        assertThat(run.state("c")).isEqualTo(StepState.UPSTREAM_FAILED);

        run.markSucceeded("a");
        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.step("a").findings().mark())
                .contains(new Mark(Mark.Outcome.SUCCEEDED, "ada", "because", run.now()));
        assertThat(run.step("a").findings().failure()).isEmpty();
        assertThat(run.step("a").reason()).isEqualTo("marked succeeded by ada: because");
        assertThat(run.attemptState("a")).as("what happened stays told").isEqualTo(AttemptState.FAILED);
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
        assertThat(run.last().effects()).containsExactly(new Effect.ReleaseRun());

        run.adopt().run("b").run("c");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.attempt("a").number()).isEqualTo(1);
    }

    @Test
    void whatWasSkippedWithASkippedStepRunsOnceThatStepCountsAsSucceeded() {
        DagGraph data = new DagBuilder("data")
                .weekly()
                .dataset("rows", DataClass.DETERMINISTIC)
                .step("a", new Work.Task(), List.of(), List.of("rows"))
                .step("b", new Work.Task(), List.of(InputReference.current(new DatasetName("rows"))), List.of())
                .runWhen(TriggerRule.ALL_SUCCESS)
                .task("c", "b")
                .build();
        PlannedRun run = PlannedRun.started(data).skip("a");
        assertThat(run.state("c")).isEqualTo(StepState.SKIPPED);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);

        run.markSucceeded("a");
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
        run.adopt().run("b").run("c");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aWayRoundThatWasNotNeededRunsOnceTheStepBeforeItCountsAsFailed() {
        DagGraph mirrors = new DagBuilder("mirrors")
                .task("mirror")
                .runWhen(TriggerRule.ALL_FAILED)
                .task("origin", "mirror")
                .build();
        PlannedRun run = PlannedRun.started(mirrors).run("mirror");
        assertThat(run.state("origin")).isEqualTo(StepState.SKIPPED);

        run.markFailed("mirror").adopt().run("origin");
        assertThat(run.state("origin")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void whatItsOwnConditionOrAnotherStepHadSkippedStaysSkipped() {
        PlannedRun own =
                PlannedRun.started(CHAIN).work("a").fail("a").markSucceeded("a").adopt();
        own.skip("b").run("c").markFailed("a").markSucceeded("a");
        assertThat(own.state("b")).isEqualTo(StepState.SKIPPED);
        assertThat(own.state()).isEqualTo(RunState.SUCCEEDED);

        DagGraph all = new DagBuilder("all")
                .task("a")
                .task("b")
                .runWhen(TriggerRule.ALL_SUCCESS)
                .task("c", "a", "b")
                .build();
        PlannedRun other = PlannedRun.started(all).skip("a").skip("b").markSucceeded("a");
        assertThat(other.state("c")).isEqualTo(StepState.SKIPPED);
    }

    @Test
    void theRunFollowsWhenNothingIsLeftToDo() {
        PlannedRun run = PlannedRun.started(CHAIN).run("a").run("b").work("c").fail("c");
        run.markSucceeded("c");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        run.markFailed("b");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.snapshot().run().progress().reason()).isEqualTo("b failed, marked failed by ada: because");
        assertThat(run.state("c")).as("it has run").isEqualTo(StepState.SUCCEEDED);
        assertThat(run.history()).containsSubsequence("run_failed", "run_succeeded", "run_failed");
    }

    @Test
    void ofTwoThatBlockOneMarkLeavesTheOther() {
        PlannedRun run =
                PlannedRun.started(JOIN).work("a").work("b").fail("a").fail("b").markSucceeded("a");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.state("c")).isEqualTo(StepState.UPSTREAM_FAILED);
        assertThat(run.snapshot().run().progress().reason()).isEqualTo("b failed");

        run.markSucceeded("b").adopt().run("c");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void inAGoingRunTheStepsAfterAMarkedStepGoOnAtOnce() {
        PlannedRun run = PlannedRun.started(JOIN).work("a").work("b").fail("a").markSucceeded("a");
        assertThat(run.state("c")).isEqualTo(StepState.WAITING);
        run.succeed("b");
        assertThat(run.state("c")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void whatWaitsForAStepThatCountsAsFailedIsBlocked() {
        PlannedRun run = PlannedRun.started(JOIN).work("a").work("b").markFailed("a");
        assertThat(run.state("a")).as("its job is stopped first").isEqualTo(StepState.CANCELLING);
        assertThat(run.effects(Effect.Cancel.class)).hasSize(1);

        run.fail("a");
        assertThat(run.state("a")).isEqualTo(StepState.FAILED);
        assertThat(run.state("c")).isEqualTo(StepState.UPSTREAM_FAILED);
        run.succeed("b");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void whatAStoppedAttemptReportsAfterItsMarkChangesNothing() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").markFailed("a").succeed("a");
        assertThat(run.state("a")).isEqualTo(StepState.FAILED);
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.CANCELLED);
        assertThat(run.changes(Change.ReportTaken.class)).isEmpty();
        assertThat(run.state()).isEqualTo(RunState.FAILED);

        PlannedRun other =
                PlannedRun.started(CHAIN).work("a").markSucceeded("a").fail("a");
        assertThat(other.state("a")).isEqualTo(StepState.SUCCEEDED);
        assertThat(other.changes(Change.ReportTaken.class)).isEmpty();
        assertThat(other.state("b")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void aMarkOutlivesTheServerThatTookItDown() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").markSucceeded("a").adopt();
        assertThat(run.effects(Effect.Find.class)).hasSize(1);
        run.findNothing("a");
        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void theLastOfTwoMarksCounts() {
        PlannedRun run = PlannedRun.started(CHAIN)
                .work("a")
                .markFailed("a")
                .markSucceeded("a")
                .fail("a");
        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void aCancelledRunDoesNotForgetAMark() {
        PlannedRun run =
                PlannedRun.started(CHAIN).work("a").markSucceeded("a").cancel().fail("a");
        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aRerunForgetsTheMark() {
        PlannedRun run = PlannedRun.started(CHAIN)
                .work("a")
                .fail("a")
                .markSucceeded("a")
                .adopt()
                .rerunOnly("a");
        assertThat(run.step("a").findings().mark()).isEmpty();
        assertThat(run.state("a")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void whatCannotBeMarkedIsRefusedWithTheReason() {
        PlannedRun run = PlannedRun.started(CHAIN).run("a");
        assertThat(RerunTest.refusal(run.markSucceeded("a"))).isEqualTo("step a has succeeded already");
        assertThat(RerunTest.refusal(PlannedRun.started(CHAIN).markFailed("nowhere")))
                .isEqualTo("the run has no step nowhere");
        assertThat(RerunTest.refusal(PlannedRun.queued(CHAIN).markFailed("a"))).isEqualTo("the run is queued");
        PlannedRun silent = PlannedRun.started(CHAIN);
        silent.happen(new PlannerEvent.CommandGiven(
                new Command(
                        1,
                        silent.snapshot().run().id(),
                        CommandStore.Type.MARK_FAILED,
                        Target.step(new StepId("a")),
                        "ada",
                        " "),
                Optional.empty()));
        assertThat(RerunTest.refusal(silent)).isEqualTo("a step is marked only with a reason");
    }
}
