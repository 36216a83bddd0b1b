package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.CommandStore.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    void chosenStepsRunAgainWithoutWhatFollowsThem() {
        PlannedRun run =
                PlannedRun.started(FORK).run("a").run("b").run("c").run("d").rerunOnly("b", "c");
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
        run.adopt().run("b");
        assertThat(run.state("d")).isEqualTo(StepState.SUCCEEDED);
        run.run("c");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.attempt("d").number()).isEqualTo(1);
        assertThat(run.attempt("b").number()).isEqualTo(2);
    }

    private static final DagGraph CHANGED =
            new DagBuilder("fork").task("a").task("new", "a").task("b", "new").build();

    private static PlannedRun withVersion(PlannedRun run, CommandStore.Type type, String... steps) {
        Target target = new Target(Stream.of(steps).map(StepId::new).toList(), Optional.of("cd".repeat(32)));
        return run.command(type, target, Optional.of(CHANGED));
    }

    @Test
    void aRerunWithAnotherVersionRunsWhatIsNewAndSaysWhatIsGone() {
        PlannedRun run = withVersion(failed(), CommandStore.Type.RERUN_FAILED);

        assertThat(run.snapshot().run().version().hash()).isEqualTo("cd".repeat(32));
        assertThat(run.changes(Change.StepsExchanged.class))
                .containsExactly(new Change.StepsExchanged(
                        List.of(new StepId("new")), List.of(new StepId("c"), new StepId("d"))));
        assertThat(run.changes(Change.EventAppended.class))
                .filteredOn(line -> line.type().equals("run_version_changed"))
                .singleElement()
                .satisfies(line -> assertThat(line.detail())
                        .containsEntry("former_steps", "c, d")
                        .containsEntry("new_steps", "new")
                        .containsEntry("actor", "ada"));
        run.adopt();
        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
        run.run("new").run("b");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.attempt("b").number()).as("earlier attempts are kept").isEqualTo(2);
    }

    @Test
    void aStepThatComesBackKeepsCountingItsAttempts() {
        PlannedRun run = withVersion(failed(), CommandStore.Type.RERUN_ALL);
        run.adopt().run("a").run("new").run("b");
        run.command(
                CommandStore.Type.RERUN_ALL, new Target(List.of(), Optional.of("ef".repeat(32))), Optional.of(FORK));
        run.adopt().run("a").run("b").run("c").run("d");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.attempt("c").number()).isEqualTo(2);
    }

    @Test
    void aVersionThatDoesNotFitIsRefusedWithTheReason() {
        assertThat(refusal(withVersion(failed(), CommandStore.Type.RERUN_FROM, "d")))
                .isEqualTo("the version has no step d");
        assertThat(refusal(withVersion(PlannedRun.started(FORK), CommandStore.Type.RERUN_ALL)))
                .isEqualTo("the run is still going, with the version it began with");
        assertThat(refusal(failed().command(
                                CommandStore.Type.RERUN_ALL,
                                new Target(List.of(), Optional.of("cd".repeat(32))),
                                Optional.empty())))
                .isEqualTo("version cdcdcdcdcdcd of the DAG cannot be read");
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

    static String refusal(PlannedRun run) {
        return run.changes(Change.EventAppended.class).stream()
                .filter(line -> line.type().equals("command_refused"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was refused: " + run.history()))
                .detail()
                .get("reason");
    }
}
