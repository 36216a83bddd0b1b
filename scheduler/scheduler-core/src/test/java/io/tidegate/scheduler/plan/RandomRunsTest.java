package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random DAGs meet random luck: launches that are rejected or never answered, jobs that fail, vanish or are found gone, restarts, cancellations,
 * events that come twice. Whatever happens, no run hangs, no step starts before it may, and no result changes.
 */
final class RandomRunsTest {
    private static final int MOST_MOVES = 2_000;

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRunEndsAndKeepsItsPromises(int seed) {
        Random luck = new Random(seed);
        DagGraph graph = randomDag(luck);
        PlannedRun run = luck.nextBoolean() ? PlannedRun.started(graph) : PlannedRun.startedWithoutReads(graph);
        Map<String, AttemptState> results = new HashMap<>();
        int moves = 0;
        while (!run.state().isTerminal()) {
            assertThat(moves)
                    .as("seed %s does not end: %s", seed, run.snapshot().steps())
                    .isLessThan(MOST_MOVES);
            moves++;
            move(run, graph, luck);
            check(run, graph, results, seed);
        }
        assertThat(run.snapshot().steps().values())
                .allMatch(step -> step.state().isTerminal());
        assertThat(run.snapshot().attempts().values())
                .allMatch(attempt -> attempt.state().isTerminal());
    }

    private static DagGraph randomDag(Random luck) {
        DagBuilder builder = new DagBuilder("random")
                .limits(
                        Duration.ofMinutes(1),
                        new Retries(
                                luck.nextInt(2),
                                luck.nextInt(2),
                                luck.nextInt(2),
                                luck.nextInt(2),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(4)));
        int steps = 1 + luck.nextInt(9);
        for (int index = 0; index < steps; index++) {
            List<String> needs = new ArrayList<>();
            for (int earlier = 0; earlier < index; earlier++) {
                if (luck.nextInt(3) == 0) {
                    needs.add("s" + earlier);
                }
            }
            builder.task("s" + index, needs.toArray(String[]::new));
        }
        return builder.build();
    }

    private static void move(PlannedRun run, DagGraph graph, Random luck) {
        List<String> open = graph.order().stream()
                .filter(step -> !run.snapshot().step(step).state().isTerminal())
                .map(StepId::value)
                .toList();
        String step = open.get(luck.nextInt(open.size()));
        int chance = luck.nextInt(100);
        if (chance == 0) {
            run.cancel();
        } else if (chance < 4) {
            run.adopt();
        } else {
            moveStep(run, step, luck);
        }
    }

    private static void moveStep(PlannedRun run, String step, Random luck) {
        switch (run.state(step)) {
            case RESOLVING -> {
                if (luck.nextInt(6) == 0) {
                    run.skip(step);
                } else {
                    run.resolve(step);
                }
            }
            case RETRYING -> run.later(Duration.ofSeconds(5)).fire(Timer.Kind.RETRY, step);
            case RUNNING, CANCELLING -> moveAttempt(run, step, luck);
            case WAITING, SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> run.later(Duration.ofMillis(1));
        }
    }

    private static void moveAttempt(PlannedRun run, String step, Random luck) {
        switch (luck.nextInt(9)) {
            case 0 -> run.reject(step, FailureKind.PLATFORM);
            case 1 -> run.loseAnswer(step);
            case 2 -> run.find(step);
            case 3 -> run.findNothing(step);
            case 4 -> run.fail(step).fail(step);
            case 5 -> run.end(step, Observation.Ended.lost("gone"));
            case 6 -> run.later(Duration.ofMinutes(2)).fire(Timer.Kind.TIMEOUT, step);
            case 7 -> run.succeed(step).succeed(step);
            default -> run.accept(step).accept(step);
        }
    }

    private static void check(PlannedRun run, DagGraph graph, Map<String, AttemptState> results, int seed) {
        for (Attempt attempt : run.snapshot().attempts().values()) {
            if (attempt.state().isTerminal()) {
                AttemptState result = results.merge(attempt.key().value(), attempt.state(), (first, now) -> first);
                assertThat(attempt.state())
                        .as("seed %s: result of %s", seed, attempt.key())
                        .isEqualTo(result);
            }
        }
        for (StepId step : graph.order()) {
            if (hasBegun(run.snapshot().step(step).state())) {
                assertThat(graph.upstream(step))
                        .as("seed %s: what %s waits for", seed, step)
                        .extracting(Edge::from)
                        .allMatch(before -> run.snapshot().step(before).state().isGood());
            }
            Optional<Attempt> attempt =
                    Optional.ofNullable(run.snapshot().attempts().get(step));
            if (run.snapshot().step(step).state() == StepState.SUCCEEDED) {
                assertThat(attempt.orElseThrow().state()).isEqualTo(AttemptState.SUCCEEDED);
            }
        }
    }

    private static boolean hasBegun(StepState state) {
        return switch (state) {
            case RESOLVING, RUNNING, RETRYING, CANCELLING, SUCCEEDED, FAILED -> true;
            case WAITING, SKIPPED, UPSTREAM_FAILED, CANCELLED -> false;
        };
    }
}
