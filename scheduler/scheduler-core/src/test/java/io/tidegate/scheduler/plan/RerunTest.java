package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import org.junit.jupiter.api.Test;

/** A rerun happens inside the run: steps wait again, attempts go on counting. */
final class RerunTest {
    private static final DagGraph FORK = new DagBuilder("fork")
            .task("a")
            .task("b", "a")
            .task("c", "a")
            .task("d", "b")
            .build();

    private static PlannedRun failed() {
        return PlannedRun.started(FORK).run("a").work("b").run("c").fail("b");
    }

    @Test
    void rerunningWhatFailedKeepsWhatSucceeded() {
        PlannedRun run = failed();
        assertThat(run.state()).isEqualTo(RunState.FAILED);

        run.rerunFailed();
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state("b")).isEqualTo(StepState.WAITING);
        assertThat(run.state("d")).isEqualTo(StepState.WAITING);
        assertThat(run.last().effects()).containsExactly(new Effect.ReleaseRun());

        run.adopt().run("b").run("d");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.attempt("b").number()).isEqualTo(2);
        assertThat(run.attempt("a").number()).isEqualTo(1);
    }

    @Test
    void aRerunStepHasItsWholeBudgetAgain() {
        PlannedRun run = failed().rerunFailed();

        assertThat(run.step("b").spent()).isEmpty();
        assertThat(run.step("b").attempts()).isEqualTo(1);
        assertThat(run.step("b").timing().startedAt()).isEmpty();
        assertThat(run.step("b").reason()).isEmpty();
    }

    @Test
    void rerunningFromAStepTakesWhatFollowsAndNothingElse() {
        PlannedRun run =
                PlannedRun.started(FORK).run("a").run("b").run("c").run("d").rerunFrom("b");

        assertThat(run.state("b")).isEqualTo(StepState.WAITING);
        assertThat(run.state("d")).isEqualTo(StepState.WAITING);
        assertThat(run.state("c")).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void rerunningAllStartsOver() {
        PlannedRun run = failed().rerunAll().adopt();

        assertThat(run.state("a")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("c")).isEqualTo(StepState.WAITING);
    }

    @Test
    void aFailedBranchCanBeRerunWhileTheOthersGoOn() {
        PlannedRun run =
                PlannedRun.started(FORK).run("a").work("b").work("c").fail("b").rerunFailed();

        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        assertThat(run.state("b")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("c")).isEqualTo(StepState.RUNNING);
    }

    @Test
    void whatIsStillAtWorkCannotBeRerun() {
        PlannedRun run = PlannedRun.started(FORK).run("a").work("b").rerunFrom("a");

        assertThat(run.state("b")).isEqualTo(StepState.RUNNING);
        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
        assertThat(refusal(run)).isEqualTo("step b is still at work");
    }

    @Test
    void nothingToRerunAndUnknownStepsAreRefusedWithTheReason() {
        assertThat(refusal(PlannedRun.started(FORK)
                        .run("a")
                        .run("b")
                        .run("c")
                        .run("d")
                        .rerunFailed()))
                .isEqualTo("no step failed, was blocked or was cancelled");
        assertThat(refusal(failed().rerunFrom("nowhere"))).isEqualTo("the run has no step nowhere");
        assertThat(refusal(PlannedRun.started(FORK).work("a").cancel().rerunAll()))
                .isEqualTo("the run is cancelling");
    }

    @Test
    void everyCommandIsDoneOnceCarriedOutOrRefused() {
        assertThat(failed().rerunFrom("nowhere").changes(Change.CommandDone.class))
                .hasSize(1);
        assertThat(failed().rerunFailed().changes(Change.CommandDone.class)).hasSize(1);
    }

    @Test
    void aRunThatIsGivenBackAfterARefusedCommandIsNotKept() {
        assertThat(failed().rerunFrom("nowhere").last().effects()).containsExactly(new Effect.ReleaseRun());
    }

    private static String refusal(PlannedRun run) {
        return run.changes(Change.EventAppended.class).stream()
                .filter(line -> line.type().equals("command_refused"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was refused: " + run.history()))
                .detail()
                .get("reason");
    }
}
