package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a step runs, is skipped or is blocked, and how that ends the run. */
final class StepRulesTest {
    private static final DagGraph DIAMOND = new DagBuilder("diamond")
            .task("a")
            .task("b", "a")
            .task("c", "a")
            .task("d", "b", "c")
            .build();

    @Test
    void aStepIsReadyWhenEverythingItWaitsForHasSucceeded() {
        PlannedRun run = PlannedRun.started(DIAMOND);
        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        assertThat(run.state("a")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("b")).isEqualTo(StepState.WAITING);

        run.run("a");
        assertThat(run.state("b")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("c")).isEqualTo(StepState.RESOLVING);

        run.run("b");
        assertThat(run.state("d")).isEqualTo(StepState.WAITING);
        run.run("c");
        assertThat(run.state("d")).isEqualTo(StepState.RESOLVING);

        run.run("d");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.effects(Effect.ReleaseRun.class)).hasSize(1);
    }

    @Test
    void aFailureBlocksWhatWaitsForItAndNothingElse() {
        PlannedRun run =
                PlannedRun.started(DIAMOND).run("a").work("b").work("c").fail("b");

        assertThat(run.state("b")).isEqualTo(StepState.FAILED);
        assertThat(run.state("d")).isEqualTo(StepState.UPSTREAM_FAILED);
        assertThat(run.step("d").reason()).isEqualTo("b did not succeed");
        assertThat(run.state()).isEqualTo(RunState.RUNNING);

        run.succeed("c");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.snapshot().run().progress().reason()).isEqualTo("b failed");
    }

    @Test
    void aSkipIsNotCarriedByNeeds() {
        PlannedRun run = PlannedRun.started(DIAMOND).skip("a");

        assertThat(run.state("a")).isEqualTo(StepState.SKIPPED);
        assertThat(run.state("b")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void aSkipIsCarriedToWhoReadsTheDataset() {
        DagGraph graph = new DagBuilder("data")
                .dataset("clean", DataClass.DETERMINISTIC, "{{ home }}/clean")
                .step("make", new Work.Task(), List.of(), List.of("clean"))
                .step("read", new Work.Task(), List.of(InputReference.current(new DatasetName("clean"))), List.of())
                .task("after", "read")
                .build();
        PlannedRun run = PlannedRun.started(graph).skip("make");

        assertThat(run.state("read")).isEqualTo(StepState.SKIPPED);
        assertThat(run.step("read").reason()).isEqualTo("make was skipped");
        assertThat(run.state("after")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void aPublicationIsSkippedOnlyWhenNobodyTrained() {
        DagGraph graph = new DagBuilder("models")
                .train("train")
                .refit("refit")
                .publish("publish")
                .build();

        PlannedRun nobody = PlannedRun.started(graph).skip("train").skip("refit");
        assertThat(nobody.state("publish")).isEqualTo(StepState.SKIPPED);
        assertThat(nobody.state()).isEqualTo(RunState.SUCCEEDED);

        PlannedRun one = PlannedRun.started(graph).skip("refit").run("train");
        assertThat(one.state("publish")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void aFailureCountsBeforeASkip() {
        DagGraph graph = new DagBuilder("both")
                .train("train")
                .task("check")
                .publish("publish", "check")
                .build();
        PlannedRun run = PlannedRun.started(graph).work("check").skip("train").fail("check");

        assertThat(run.state("publish")).isEqualTo(StepState.UPSTREAM_FAILED);
    }

    @Test
    void whatCannotBeResolvedFailsWithTheReasonAndIsNotRetried() {
        PlannedRun run = PlannedRun.started(DIAMOND).resolve("a", new Resolution.Fail("clean@2001-01-01 is missing"));

        assertThat(run.state("a")).isEqualTo(StepState.FAILED);
        assertThat(run.step("a").reason()).isEqualTo("clean@2001-01-01 is missing");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void theEndOfAStepAndTheIntentToLaunchTheNextAreWrittenTogether() {
        PlannedRun run = PlannedRun.startedWithoutReads(DIAMOND).accept("a").succeed("a");

        assertThat(run.state("b")).isEqualTo(StepState.RUNNING);
        assertThat(run.attemptState("b")).isEqualTo(AttemptState.LAUNCHING);
        assertThat(run.last().changes())
                .filteredOn(Change.StepWritten.class::isInstance)
                .as("each row once, in its last state")
                .hasSize(3);
        assertThat(run.last().effects()).hasSize(2).allMatch(Effect.Launch.class::isInstance);
        assertThat(run.history())
                .as("a step that is looked up and launched at once was never seen looked up")
                .containsSubsequence("step_succeeded", "step_running", "attempt_launching")
                .doesNotContain("step_resolving");
    }

    @Test
    void theVerdictOfAGateIsTheSuccessOfThePublishStepWhateverItSays() {
        DagGraph graph =
                new DagBuilder("models").train("train").publish("publish").build();

        PlannedRun rejected = PlannedRun.started(graph).run("train").publish("publish", false);
        assertThat(rejected.state("publish")).isEqualTo(StepState.SUCCEEDED);
        assertThat(rejected.step("publish").findings().verdict().orElseThrow().accepted())
                .isFalse();
        assertThat(rejected.changes(Change.PublicationDecided.class)).hasSize(1);
        assertThat(rejected.effects(Effect.Publish.class)).isEmpty();

        PlannedRun accepted = PlannedRun.started(graph).run("train").publish("publish", true);
        assertThat(accepted.effects(Effect.Publish.class)).containsExactly(new Effect.Publish(DagBuilder.MODEL));
        assertThat(accepted.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aResolutionThatComesTwiceLaunchesOnce() {
        PlannedRun run = PlannedRun.started(DIAMOND).resolve("a").resolve("a");

        assertThat(run.effects(Effect.Launch.class)).hasSize(1);
        assertThat(run.step("a").attempts()).isEqualTo(1);
    }

    @Test
    void everyWrittenStateHasALineOfHistory() {
        PlannedRun run = PlannedRun.started(DIAMOND).run("a");

        assertThat(run.history())
                .containsExactly(
                        "run_running",
                        "step_resolving",
                        "step_running",
                        "attempt_launching",
                        "attempt_running",
                        "attempt_succeeded",
                        "step_succeeded",
                        "step_resolving",
                        "step_resolving");
    }

    @Test
    void aSuccessIsTakenInOnceWithItsReport() {
        PlannedRun run = PlannedRun.started(DIAMOND).run("a");

        assertThat(run.changes(Change.ReportTaken.class)).singleElement().satisfies(taken -> {
            assertThat(taken.step().value()).isEqualTo("a");
            assertThat(taken.codeDigest())
                    .isEqualTo(run.snapshot().run().version().hash());
        });
        assertThat(run.changes(Change.LineageAnnounced.class))
                .extracting(Change.LineageAnnounced::event)
                .containsExactly(Change.LineageEvent.START, Change.LineageEvent.COMPLETE);
        assertThat(run.step("a").timing().startedAt()).isEqualTo(Optional.of(PlannedRun.START));
    }
}
