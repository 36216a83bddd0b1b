package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two things happen to a run at once, a thousand times: one of them wins, and what won stays. */
final class RacesTest extends EngineTestBase {
    private static final int ROUNDS = 10;
    private static final int RUNS = 100;
    private static final Duration BACKOFF = Duration.ofSeconds(10);
    private static final StepId A = new StepId("a");

    private interface Action {
        void act(int number) throws Exception;
    }

    /** Does two things to each run, on a thread each, which start together for each run. */
    private static void race(Action one, Action other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Void>> racers = new ArrayList<>();
            for (Action action : List.of(one, other)) {
                racers.add(threads.submit(() -> {
                    for (int number = 0; number < RUNS; number++) {
                        start.await(10, TimeUnit.SECONDS);
                        action.act(number);
                    }
                    return null;
                }));
            }
            for (Future<Void> racer : racers) {
                racer.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<LaunchKey> awaitRunning(List<RunId> runs) {
        eventually(() -> runs.stream()
                .allMatch(run -> attempt(run, "a")
                        .filter(attempt -> attempt.state() == AttemptState.RUNNING)
                        .isPresent()));
        return runs.stream().map(run -> attempt(run, "a").orElseThrow().key()).toList();
    }

    private List<RunId> runs(DagGraph graph) {
        return IntStream.range(0, RUNS).mapToObj(number -> create(graph)).toList();
    }

    @Test
    void aCancellationThatRacesTheEndLeavesOneResult() throws Exception {
        DagGraph graph = new DagBuilder("pair").task("a").task("b", "a").build();
        world.executor.endOnCancel(true);
        TestServer server = TestServer.up(world);
        for (int round = 0; round < ROUNDS; round++) {
            List<RunId> runs = runs(graph);
            server.engine.runsWaiting();
            List<LaunchKey> keys = awaitRunning(runs);

            race(
                    number -> world.executor.succeed(keys.get(number)),
                    number -> command(server, runs.get(number), CommandStore.Type.CANCEL));

            eventually(() -> runs.stream().allMatch(run -> world.database.state(run) == RunState.CANCELLED));
            runs.forEach(this::oneResultEach);
        }
        server.close();
        assertThat(world.executor.running()).isEmpty();
        assertThat(world.executor.launches()).extracting(LaunchRequest::key).doesNotHaveDuplicates();
    }

    private void oneResultEach(RunId run) {
        for (Attempt attempt : world.database.attempts(run)) {
            StepState step = world.database.snapshot(run).step(attempt.step()).state();
            boolean succeeded = attempt.state() == AttemptState.SUCCEEDED;
            assertThat(attempt.state().isTerminal()).isTrue();
            assertThat(step).isEqualTo(succeeded ? StepState.SUCCEEDED : StepState.CANCELLED);
        }
    }

    @Test
    void aRetryThatRacesTheCancellationStartsNothingThatStays() throws Exception {
        DagGraph graph = new DagBuilder("patient")
                .retries(new Retries(1, 0, 0, 0, BACKOFF, BACKOFF))
                .task("a")
                .build();
        world.executor.endOnCancel(true);
        TestServer server = TestServer.up(world);
        for (int round = 0; round < ROUNDS; round++) {
            List<RunId> runs = runs(graph);
            server.engine.runsWaiting();
            awaitRunning(runs).forEach(key -> world.executor.fail(key, 1, "failed"));
            eventually(() -> runs.stream()
                    .allMatch(run -> world.database.snapshot(run).step(A).state() == StepState.RETRYING));

            // The hundredth tick makes every retry due that has not been by then.
            race(
                    number -> world.clock.advance(BACKOFF.dividedBy(RUNS / 2)),
                    number -> command(server, runs.get(number), CommandStore.Type.CANCEL));

            eventually(() -> runs.stream().allMatch(run -> world.database.state(run) == RunState.CANCELLED));
            runs.forEach(run -> assertThat(world.database.attempts(run))
                    .extracting(Attempt::state)
                    .allMatch(AttemptState::isTerminal));
        }
        server.close();
        assertThat(world.executor.running()).isEmpty();
        assertThat(world.database.written(Change.CommandDone.class)).hasSize(ROUNDS * RUNS);
    }
}
