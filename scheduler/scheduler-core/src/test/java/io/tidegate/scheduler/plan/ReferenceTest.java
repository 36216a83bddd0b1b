package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.resolve.Item;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The planner against an interpreter that is slow and obvious: random DAGs with random rules, in which every step has a random end in store
 * and events come in a random order. What becomes of each step must not depend on that order.
 */
final class ReferenceTest {
    private static final int DAGS_PER_BATCH = 500;
    private static final int COMPLETIONS = 3;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void thePlannerAgreesWithTheReference(int batch) {
        for (int number = 0; number < DAGS_PER_BATCH; number++) {
            new Trial(batch * DAGS_PER_BATCH + number).run();
        }
    }

    /** One DAG, run to its end. */
    private static final class Trial {
        private final int seed;
        private final Random random;
        private final DagGraph graph;
        private final Map<StepId, StepState> luck = new HashMap<>();
        private final ReferenceInterpreter reference;
        private final List<StepId> started = new ArrayList<>();
        private final List<StepId> expandable;

        Trial(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.graph = RandomDags.next(random);
            this.expandable = graph.order().stream()
                    .filter(step -> graph.step(step).foreach().isPresent())
                    .toList();
            graph.order().forEach(step -> luck.put(step, luck()));
            graph.order().forEach(this::throwItems);
            this.reference = new ReferenceInterpreter(graph, luck);
        }

        private StepState luck() {
            return switch (random.nextInt(10)) {
                case 0, 1 -> StepState.FAILED;
                case 2, 3 -> StepState.SKIPPED;
                default -> StepState.SUCCEEDED;
            };
        }

        /** A step with items that is not skipped ends as its items do. */
        private void throwItems(StepId step) {
            if (luck.get(step) == StepState.SKIPPED) {
                return;
            }
            items(step).forEach(item -> luck.put(item, luck()));
            if (items(step).anyMatch(item -> luck.get(item) == StepState.FAILED)) {
                luck.put(step, StepState.FAILED);
            } else if (graph.step(step).foreach().isPresent()) {
                luck.put(step, StepState.SUCCEEDED);
            }
        }

        private Stream<StepId> items(StepId step) {
            return graph.step(step).foreach().stream()
                    .flatMap(foreach -> ((Foreach.Literal) foreach.items().get("number")).values().stream())
                    .map(step::item);
        }

        void run() {
            PlannedRun run = PlannedRun.started(graph, (of, inRun, step) -> Optional.of(resolution(step)));
            checkStarts(run);
            while (!run.state().isTerminal()) {
                assertThat(started).as("seed %s hangs", seed).isNotEmpty();
                StepId step = started.remove(random.nextInt(started.size()));
                run.acceptAndEnd(
                        step.value(),
                        luck.get(step) == StepState.SUCCEEDED
                                ? Observation.Ended.succeeded()
                                : Observation.Ended.failed(FailureKind.USER, 1, ""));
                checkStarts(run);
                checkItems(run);
            }
            Map<StepId, StepState> ends = new HashMap<>();
            graph.order()
                    .forEach(step -> ends.put(step, run.snapshot().step(step).state()));
            assertThat(ends).as("seed %s", seed).isEqualTo(reference.ends());
            assertThat(run.state())
                    .as("seed %s", seed)
                    .isEqualTo(
                            ends.values().stream().allMatch(StepState::isGood) ? RunState.SUCCEEDED : RunState.FAILED);
        }

        private Resolution resolution(StepId step) {
            if (luck.get(step) == StepState.SKIPPED) {
                return new Resolution.Skip("nothing to do", Optional.empty());
            }
            if (step.isItem() || graph.step(step).foreach().isEmpty()) {
                return new Resolution.Launch(PlannedRun.NO_WORK);
            }
            return new Resolution.Expand(items(step)
                    .map(item -> item.value().substring(item.value().indexOf('.') + 1))
                    .map(key -> new Item(key, Map.of(StepRun.ITEM_INDEX, key)))
                    .toList());
        }

        /** Never more items at work than allowed; where failures stop nobody, each item ends as it would alone. */
        private void checkItems(PlannedRun run) {
            for (StepId step : expandable) {
                if (!run.snapshot().steps().containsKey(step.item("0"))) {
                    continue;
                }
                Foreach foreach = graph.step(step).foreach().get();
                long working = items(step)
                        .filter(item -> run.state(item.value()) == StepState.RUNNING)
                        .count();
                if (working > foreach.atOnce().orElse(Integer.MAX_VALUE)) {
                    throw new AssertionError("seed " + seed + ": " + working + " items of " + step + " at once");
                }
                boolean alone = foreach.onFailure() == Foreach.OnFailure.KEEP_GOING;
                items(step)
                        .filter(item -> alone && run.state(item.value()).isTerminal())
                        .forEach(item -> {
                            if (run.state(item.value()) != luck.get(item)) {
                                throw new AssertionError(
                                        "seed " + seed + ": " + item + " is " + run.state(item.value()));
                            }
                        });
            }
        }

        /** A step that has just been launched would run whatever became of those that are still going. */
        private void checkStarts(PlannedRun run) {
            for (Effect effect : run.last().effects()) {
                if (effect instanceof Effect.Launch launch) {
                    StepId step = launch.attempt().step();
                    started.add(step);
                    if (step.isItem()) {
                        continue;
                    }
                    for (int time = 0; time < COMPLETIONS; time++) {
                        Map<StepId, StepResult> results = completed(run, step);
                        if (reference.verdict(graph.step(step), results) != StepState.RUNNING) {
                            throw new AssertionError("seed " + seed + ": " + step + " started, but might not run: "
                                    + graph.step(step).start() + " with " + results);
                        }
                    }
                }
            }
        }

        private Map<StepId, StepResult> completed(PlannedRun run, StepId step) {
            Map<StepId, StepResult> results = new HashMap<>();
            graph.upstream(step).forEach(edge -> {
                StepState state = run.snapshot().step(edge.from()).state();
                results.put(
                        edge.from(),
                        state.isTerminal()
                                ? ReferenceInterpreter.resultOf(state)
                                : StepResult.values()[random.nextInt(StepResult.values().length)]);
            });
            return results;
        }
    }
}
