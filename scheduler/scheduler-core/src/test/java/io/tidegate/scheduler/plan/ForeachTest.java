package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.Foreach.OnFailure;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.resolve.Item;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A step that runs for each item of a list: its items are steps of the run, and it is what becomes of them. */
final class ForeachTest {
    private static DagGraph dag(OptionalInt atOnce, OnFailure onFailure) {
        Foreach foreach = new Foreach(
                Map.of("airport", new Foreach.Literal(List.of("ord", "jfk", "lax"))), 100, atOnce, onFailure);
        return new DagBuilder("fan")
                .foreach(foreach)
                .task("score")
                .once()
                .task("join", "score")
                .build();
    }

    private static DagGraph dag() {
        return dag(OptionalInt.empty(), OnFailure.KEEP_GOING);
    }

    private static Resolution items(String... keys) {
        return new Resolution.Expand(IntStream.range(0, keys.length)
                .mapToObj(index -> new Item(
                        keys[index],
                        Map.of(StepRun.ITEM_INDEX, String.valueOf(index), "item.airport", "\"" + keys[index] + "\"")))
                .toList());
    }

    private static PlannedRun expanded(DagGraph graph) {
        return PlannedRun.started(graph).resolve("score", items("ord", "jfk", "lax"));
    }

    @Test
    void eachItemIsAStepOfTheRunAndTheStepSucceedsWithTheLast() {
        PlannedRun run = expanded(dag());
        assertThat(run.state("score")).isEqualTo(StepState.RUNNING);
        assertThat(run.changes(Change.StepAdded.class))
                .extracting(added -> added.step().step().value())
                .containsExactly("score.ord", "score.jfk", "score.lax");

        run.run("score.ord").run("score.jfk");
        assertThat(run.attempt("score.ord").key().value()).startsWith("fan-score-ord-");
        assertThat(run.effects(Effect.Launch.class).get(0).work().orElseThrow().values())
                .containsEntry("item.airport", "\"ord\"");
        assertThat(run.state("join")).isEqualTo(StepState.WAITING);
        run.skip("score.lax");
        assertThat(run.state("score")).isEqualTo(StepState.SUCCEEDED);
        run.run("join");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void noMoreItemsThanAllowedAreAtWorkAtOnce() {
        PlannedRun run = expanded(dag(OptionalInt.of(2), OnFailure.KEEP_GOING));
        assertThat(run.state("score.ord")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("score.jfk")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("score.lax")).isEqualTo(StepState.WAITING);

        run.run("score.jfk");
        assertThat(run.state("score.lax")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void aFailedItemLetsTheOthersGoOnAndFailsTheStepInTheEnd() {
        PlannedRun run = expanded(dag()).work("score.ord").fail("score.ord");
        assertThat(run.state("score.jfk")).isEqualTo(StepState.RESOLVING);
        run.run("score.jfk").run("score.lax");

        assertThat(run.state("score")).isEqualTo(StepState.FAILED);
        assertThat(run.step("score").reason()).isEqualTo("1 of 3 items: score.ord did not succeed");
        assertThat(run.state("join")).isEqualTo(StepState.UPSTREAM_FAILED);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aFailedItemStopsTheOthersWhereThatIsWanted() {
        PlannedRun run = expanded(dag(OptionalInt.of(2), OnFailure.FAIL_FAST))
                .work("score.ord")
                .work("score.jfk")
                .fail("score.ord");
        assertThat(run.state("score.jfk")).isEqualTo(StepState.CANCELLING);
        assertThat(run.state("score.lax")).isEqualTo(StepState.CANCELLED);
        assertThat(run.step("score.lax").reason()).isEqualTo("score.ord failed, and on_failure is fail_fast");
        assertThat(run.state("score")).isEqualTo(StepState.RUNNING);

        run.fail("score.jfk");
        assertThat(run.state("score")).isEqualTo(StepState.FAILED);
        assertThat(run.step("score").reason())
                .isEqualTo("3 of 3 items: score.ord, score.jfk and score.lax did not succeed");
    }

    @Test
    void oneItemIsRerunWithoutTheOthers() {
        PlannedRun run = expanded(dag(OptionalInt.empty(), OnFailure.FAIL_FAST))
                .run("score.ord")
                .run("score.jfk")
                .run("score.lax")
                .run("join")
                .rerunFrom("score.jfk")
                .adopt();
        assertThat(run.state("score")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("join")).isEqualTo(StepState.WAITING);

        run.resolve("score", items("ord", "jfk", "lax"));
        assertThat(run.state("score.ord")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state("score.jfk")).isEqualTo(StepState.RESOLVING);
        run.run("score.jfk").run("join");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.attempt("score.jfk").number()).isEqualTo(2);
        assertThat(run.attempt("score.ord").number()).isEqualTo(1);
    }

    @Test
    void rerunningWhatFailedTakesFailedItemsOnly() {
        PlannedRun run = expanded(dag())
                .run("score.ord")
                .work("score.jfk")
                .fail("score.jfk")
                .run("score.lax")
                .rerunFailed()
                .adopt()
                .resolve("score", items("ord", "jfk", "lax"))
                .run("score.jfk");

        assertThat(run.state("score")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.attempt("score.lax").number()).isEqualTo(1);
    }

    @Test
    void aFailedItemCanBeRerunWhileOthersAreAtWork() {
        PlannedRun run = expanded(dag()).work("score.ord").fail("score.ord").rerunFailed();

        assertThat(run.state("score.ord")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("score")).isEqualTo(StepState.RUNNING);
    }

    @Test
    void itemsThatAreNoLongerThereAreSkippedAndNewOnesComeIn() {
        PlannedRun run = expanded(dag())
                .run("score.ord")
                .run("score.jfk")
                .run("score.lax")
                .run("join")
                .rerunAll()
                .adopt()
                .resolve("score", items("jfk", "sfo"));

        assertThat(run.step("score.ord").reason()).isEqualTo("it is not among the items any more");
        assertThat(run.state("score.jfk")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("score.sfo")).isEqualTo(StepState.RESOLVING);
        run.run("score.jfk").run("score.sfo");
        assertThat(run.state("score")).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void itemsOfAStepThatDoesNotRunAgainDoNotWaitForEver() {
        PlannedRun run = expanded(dag())
                .run("score.ord")
                .run("score.jfk")
                .run("score.lax")
                .run("join")
                .rerunAll()
                .adopt()
                .skip("score");

        assertThat(run.state("score.ord")).isEqualTo(StepState.SKIPPED);
        assertThat(run.step("score.ord").reason()).isEqualTo("step score did not run");
        run.run("join");
        assertThat(run.snapshot().steps().values())
                .allMatch(step -> step.state().isTerminal());
    }

    @Test
    void cancellingTheRunEndsItemsAndTheirStep() {
        PlannedRun run = expanded(dag(OptionalInt.of(1), OnFailure.KEEP_GOING))
                .work("score.ord")
                .cancel();
        assertThat(run.state("score")).isEqualTo(StepState.CANCELLING);
        assertThat(run.state("score.ord")).isEqualTo(StepState.CANCELLING);
        assertThat(run.state("score.jfk")).isEqualTo(StepState.CANCELLED);

        run.fail("score.ord");
        assertThat(run.state("score")).isEqualTo(StepState.CANCELLED);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void afterARestartItemsGoOn() {
        PlannedRun run = expanded(dag(OptionalInt.of(1), OnFailure.KEEP_GOING)).resolve("score.ord");
        run.adopt().findNothing("score.ord");

        assertThat(run.effects(Effect.Launch.class))
                .singleElement()
                .satisfies(launch -> assertThat(launch.item()).containsEntry("item.airport", "\"ord\""));
        run.accept("score.ord").succeed("score.ord");
        assertThat(run.state("score.jfk")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void itemsRetryOnTheirOwn() {
        DagGraph graph = new DagBuilder("fan")
                .retries(new Retries(1, 0, 0, 0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .foreach(new Foreach(
                        Map.of("airport", new Foreach.Literal(List.of("ord", "jfk"))),
                        100,
                        OptionalInt.empty(),
                        OnFailure.FAIL_FAST))
                .task("score")
                .build();
        PlannedRun run = PlannedRun.started(graph)
                .resolve("score", items("ord", "jfk"))
                .work("score.ord")
                .fail("score.ord");
        assertThat(run.state("score.ord")).isEqualTo(StepState.RETRYING);
        assertThat(run.state("score.jfk")).isEqualTo(StepState.RESOLVING);

        run.later(Duration.ofSeconds(2))
                .fire(Timer.Kind.RETRY, "score.ord")
                .run("score.ord")
                .run("score.jfk");
        assertThat(run.snapshot().step(new StepId("score")).state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void aFailedItemThatIsMarkedSucceededTakesItsStepAlong() {
        PlannedRun run = expanded(dag())
                .run("score.ord")
                .work("score.jfk")
                .fail("score.jfk")
                .run("score.lax")
                .markSucceeded("score.jfk");
        assertThat(run.state("score.jfk")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state("score")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.step("score").reason()).isEqualTo("marked succeeded by ada: because");

        run.adopt().run("join");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        run.markFailed("score.ord");
        assertThat(run.state("score")).isEqualTo(StepState.FAILED);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void anItemIsMarkedWhileOthersAreAtWork() {
        PlannedRun run = expanded(dag(OptionalInt.of(1), OnFailure.KEEP_GOING))
                .work("score.ord")
                .markSucceeded("score.lax")
                .markFailed("score.ord");
        assertThat(run.state("score.lax")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state("score.ord")).isEqualTo(StepState.CANCELLING);
        assertThat(run.state("score.jfk")).isEqualTo(StepState.WAITING);

        run.fail("score.ord");
        assertThat(run.state("score.ord")).isEqualTo(StepState.FAILED);
        run.run("score.jfk");
        assertThat(run.state("score")).isEqualTo(StepState.FAILED);
        assertThat(run.step("score").reason()).isEqualTo("1 of 3 items: score.ord did not succeed");
    }

    @Test
    void aMarkOfOneItemDoesNotHideTheFailureOfAnother() {
        PlannedRun run = expanded(dag())
                .work("score.ord")
                .fail("score.ord")
                .work("score.jfk")
                .fail("score.jfk")
                .run("score.lax")
                .markSucceeded("score.ord");
        assertThat(run.state("score")).isEqualTo(StepState.FAILED);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(RerunTest.refusal(run.markSucceeded("score.sfo"))).isEqualTo("the run has no step score.sfo");
        run.markSucceeded("score.jfk");
        assertThat(run.state("score")).isEqualTo(StepState.SUCCEEDED);
    }
}
