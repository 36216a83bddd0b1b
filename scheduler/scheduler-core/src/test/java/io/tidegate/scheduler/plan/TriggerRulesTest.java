package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.ResultCondition;
import io.tidegate.dag.step.ResultCondition.All;
import io.tidegate.dag.step.ResultCondition.Any;
import io.tidegate.dag.step.ResultCondition.Ended;
import io.tidegate.dag.step.ResultCondition.Not;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each rule makes of the results of two steps, and why. */
final class TriggerRulesTest {
    /** Two steps, and a third one that needs both. */
    private static DagBuilder join() {
        return new DagBuilder("join").task("a").task("b");
    }

    private static void end(PlannedRun run, String step, String result) {
        switch (result) {
            case "succeeded" -> run.run(step);
            case "failed" -> run.work(step).fail(step);
            case "skipped" -> run.skip(step);
            default -> throw new IllegalArgumentException(result);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none_failed|succeeded|skipped|RESOLVING|",
                "none_failed|failed|skipped|UPSTREAM_FAILED|a did not succeed",
                "all_success|succeeded|succeeded|RESOLVING|",
                "all_success|succeeded|skipped|SKIPPED|run_when is all_success, and b was skipped",
                "all_success|skipped|failed|UPSTREAM_FAILED|b did not succeed",
                "all_done|failed|skipped|RESOLVING|",
                "all_failed|failed|failed|RESOLVING|",
                "all_failed|failed|succeeded|SKIPPED|run_when is all_failed, and b succeeded",
                "all_skipped|skipped|skipped|RESOLVING|",
                "all_skipped|skipped|failed|SKIPPED|run_when is all_skipped, and b did not succeed",
                "one_success|skipped|succeeded|RESOLVING|",
                "one_success|skipped|skipped|SKIPPED|run_when is one_success, and a and b were skipped",
                "one_success|skipped|failed|UPSTREAM_FAILED|run_when is one_success, and a was skipped; b did not succeed",
                "one_failed|skipped|failed|RESOLVING|",
                "one_failed|skipped|succeeded|SKIPPED|run_when is one_failed, and b succeeded; a was skipped",
                "one_done|skipped|failed|RESOLVING|",
                "one_done|skipped|skipped|SKIPPED|run_when is one_done, and a and b were skipped",
                "none_skipped|failed|succeeded|RESOLVING|",
                "none_skipped|failed|skipped|SKIPPED|run_when is none_skipped, and b was skipped",
                "none_failed_min_one_success|skipped|succeeded|RESOLVING|",
                "none_failed_min_one_success|skipped|skipped|SKIPPED|run_when is none_failed_min_one_success, and a and b were skipped",
                "none_failed_min_one_success|failed|succeeded|UPSTREAM_FAILED|a did not succeed",
                "all_done_min_one_success|failed|succeeded|RESOLVING|",
                "all_done_min_one_success|failed|skipped|UPSTREAM_FAILED|run_when is all_done_min_one_success, and b was skipped; a did not succeed",
                "all_done_min_one_success|skipped|skipped|SKIPPED|run_when is all_done_min_one_success, and a and b were skipped",
            })
    void eachRuleReadsResults(String word, String first, String second, StepState expected, String reason) {
        TriggerRule rule = TriggerRule.valueOf(word.toUpperCase(Locale.ROOT));
        DagGraph graph = join().runWhen(rule).task("c", "a", "b").build();
        PlannedRun forwards = PlannedRun.started(graph);
        end(forwards, "a", first);
        end(forwards, "b", second);
        PlannedRun backwards = PlannedRun.started(graph);
        end(backwards, "b", second);
        end(backwards, "a", first);

        assertThat(forwards.state("c")).isEqualTo(expected);
        assertThat(forwards.step("c").reason()).isEqualTo(reason == null ? "" : reason);
        assertThat(backwards.state("c")).isEqualTo(expected);
    }

    /** What the planner does not decide anew, because it goes on waiting, would have been decided to wait. */
    @ParameterizedTest
    @EnumSource(TriggerRule.class)
    void whatGoesOnWaitingWouldWaitByAllResults(TriggerRule rule) {
        DagGraph graph =
                join().task("open").runWhen(rule).task("c", "a", "b", "open").build();
        List<Optional<StepResult>> endings = new ArrayList<>(List.of(Optional.empty()));
        Stream.of(StepResult.values()).map(Optional::of).forEach(endings::add);
        for (Optional<StepResult> a : endings) {
            for (Optional<StepResult> b : endings) {
                Map<StepId, StepResult> ended = new HashMap<>();
                a.ifPresent(result -> ended.put(new StepId("a"), result));
                b.ifPresent(result -> ended.put(new StepId("b"), result));
                StartRules rules = new StartRules(graph, step -> Optional.ofNullable(ended.get(step)));
                boolean unlessFailed = !ended.containsValue(StepResult.FAILED);

                if (unlessFailed && rules.goesOnWaiting(new StepId("c"))) {
                    assertThat(rules.decide(new StepId("c")).kind()).isEqualTo(StartDecision.Kind.WAIT);
                }
            }
        }
    }

    @Test
    void aStepThatWaitsForManyIsNotDecidedAnewAsLongAsOneIsOpen() {
        String[] many =
                IntStream.range(0, 1_000).mapToObj(number -> "s" + number).toArray(String[]::new);
        DagBuilder builder = new DagBuilder("fan-in");
        Stream.of(many).forEach(builder::task);
        DagGraph graph = builder.task("join", many).build();
        AtomicInteger looks = new AtomicInteger();
        StartRules rules = new StartRules(graph, step -> {
            looks.incrementAndGet();
            return step.value().equals("s999") ? Optional.empty() : Optional.of(StepResult.SUCCEEDED);
        });

        assertThat(rules.goesOnWaiting(new StepId("join"))).isTrue();
        assertThat(looks).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"ONE_SUCCESS,succeeded", "ONE_FAILED,failed", "ONE_DONE,failed"})
    void rulesThatAskForOneDoNotWaitForTheOthers(TriggerRule rule, String result) {
        PlannedRun run =
                PlannedRun.started(join().runWhen(rule).task("c", "a", "b").build());
        assertThat(run.state("c")).isEqualTo(StepState.WAITING);
        end(run, "a", result);

        assertThat(run.state("b")).isEqualTo(StepState.RESOLVING);
        assertThat(run.state("c")).isEqualTo(StepState.RESOLVING);
    }

    /** {@code (a.succeeded || a.skipped) && !b.failed}. */
    private static final ResultCondition CONDITION = new ResultCondition(new All(List.of(
            new Any(List.of(
                    new Ended(new StepId("a"), StepResult.SUCCEEDED), new Ended(new StepId("a"), StepResult.SKIPPED))),
            new Not(new Ended(new StepId("b"), StepResult.FAILED)))));

    @ParameterizedTest
    @CsvSource({
        "succeeded,skipped,RESOLVING",
        "skipped,succeeded,RESOLVING",
        "failed,succeeded,UPSTREAM_FAILED",
        "skipped,failed,UPSTREAM_FAILED"
    })
    void aConditionReadsResults(String first, String second, StepState expected) {
        PlannedRun run =
                PlannedRun.started(join().runWhen(CONDITION).task("c", "a", "b").build());
        end(run, "a", first);
        end(run, "b", second);

        assertThat(run.state("c")).isEqualTo(expected);
    }

    @Test
    void aConditionThatDoesNotHoldIsToldWithTheResults() {
        ResultCondition condition = new ResultCondition(new Ended(new StepId("a"), StepResult.FAILED));
        PlannedRun run =
                PlannedRun.started(join().runWhen(condition).task("c", "a", "b").build());
        end(run, "a", "succeeded");

        assertThat(run.state("c")).as("b is not asked about").isEqualTo(StepState.SKIPPED);
        assertThat(run.step("c").reason()).isEqualTo("run_when is a.failed, and a succeeded");
    }

    @Test
    void aRunWithAFailureThatWasHandledHasFailedAllTheSame() {
        PlannedRun run = PlannedRun.started(new DagBuilder("fallback")
                .task("fast")
                .runWhen(TriggerRule.ONE_FAILED)
                .task("slow", "fast")
                .build());
        run.work("fast").fail("fast").run("slow");

        assertThat(run.state("slow")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void noRuleLetsAStepReadDataThatWasNotWritten() {
        DagGraph graph = new DagBuilder("data")
                .dataset("clean", DataClass.DETERMINISTIC, "{{ home }}/clean")
                .step("make", new Work.Task(), List.of(), List.of("clean"))
                .task("other")
                .runWhen(TriggerRule.ALL_DONE)
                .step(
                        "read",
                        new Work.Task(),
                        List.of(InputReference.current(new DatasetName("clean"))),
                        List.of(),
                        "other",
                        "make")
                .build();

        assertThat(PlannedRun.started(graph).work("make").fail("make").state("read"))
                .isEqualTo(StepState.UPSTREAM_FAILED);
        PlannedRun skipped = PlannedRun.started(graph).skip("make");
        assertThat(skipped.state("read")).isEqualTo(StepState.WAITING);
        end(skipped, "other", "failed");
        assertThat(skipped.state("read")).isEqualTo(StepState.SKIPPED);
        assertThat(skipped.step("read").reason()).isEqualTo("make was skipped");
    }

    @Test
    void manyNamesAreCountedInAReason() {
        DagBuilder many = new DagBuilder("many");
        String[] steps = {"s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"};
        for (String step : steps) {
            many.task(step);
        }
        PlannedRun run = PlannedRun.started(
                many.runWhen(TriggerRule.ALL_SUCCESS).task("end", steps).build());
        for (String step : steps) {
            run.skip(step);
        }

        assertThat(run.step("end").reason())
                .isEqualTo("run_when is all_success, and s1, s2, s3, s4, s5 and 3 more were skipped");
    }
}
