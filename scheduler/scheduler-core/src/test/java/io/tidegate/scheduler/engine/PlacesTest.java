package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.RunLimits;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.testkit.LaunchAnswer;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Pools and limits that hold over runs, DAGs and servers. */
final class PlacesTest extends EngineTestBase {
    private static final Duration POLL = Duration.ofSeconds(1);

    private static DagGraph taking(String dag, int places) {
        return new DagBuilder(dag).places(pool(places)).task("a").build();
    }

    private static Places pool(int places) {
        return new Places(Map.of(new PoolName("spark"), places), 0, OptionalInt.empty());
    }

    @Test
    void aStepThatAsksForNothingAsksNobody() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        RunId run = create(new DagBuilder("plain").task("a").task("b", "a").build());
        TestServer server = TestServer.up(world);
        awaitState(run, RunState.SUCCEEDED);
        world.clock.advance(POLL);

        assertThat(world.database.looksAtPlaces()).isZero();
        server.close();
    }

    @Test
    void twoServersOnOneDatabaseNeverHaveMoreAtWorkThanThereArePlaces() {
        world.database.pool("spark", 3);
        List<RunId> runs = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            runs.add(create(taking("one", 1)));
        }
        TestServer first = TestServer.up(world);
        eventually(() -> first.engine.runs() == 6);
        for (int number = 0; number < 6; number++) {
            runs.add(create(taking("two", 2)));
        }
        TestServer second = TestServer.up(world);
        // The first hears of the second, and may take some of the new ones, too.
        eventually(() -> first.engine.runs() + second.engine.runs() == runs.size());

        int most = 0;
        while (runs.stream().anyMatch(run -> world.database.state(run) != RunState.SUCCEEDED)) {
            most = Math.max(most, placesAtWork(runs));
            running(runs).stream().findFirst().ifPresent(world.executor::succeed);
            world.clock.advance(POLL);
        }
        assertThat(most).isEqualTo(3);
        first.close();
        second.close();
    }

    /** Places of attempts that were launched and are not over. */
    private int placesAtWork(List<RunId> runs) {
        List<LaunchKey> launched =
                world.executor.launches().stream().map(LaunchRequest::key).toList();
        return runs.stream()
                .flatMap(run -> world.database.attempts(run).stream())
                .filter(attempt ->
                        launched.contains(attempt.key()) && !attempt.state().isTerminal())
                .mapToInt(attempt -> attempt.key().value().startsWith("one") ? 1 : 2)
                .sum();
    }

    private List<LaunchKey> running(List<RunId> runs) {
        return runs.stream()
                .flatMap(run -> attempt(run, "a").stream())
                .filter(attempt -> attempt.state() == AttemptState.RUNNING)
                .map(attempt -> attempt.key())
                .toList();
    }

    @Test
    void placesComeBackHoweverAnAttemptEnds() {
        world.database.pool("spark", 1);
        RunId failing = create(taking("failing", 1));
        TestServer server = TestServer.up(world);
        LaunchKey a = awaitRunning(failing, "a");

        RunId rejected = create(taking("rejected", 1));
        server.engine.runsWaiting();
        awaitState(rejected, "a", AttemptState.LAUNCHING);
        world.executor.answerLaunches(request -> LaunchAnswer.reject(FailureKind.USER, "no"));
        world.executor.fail(a, 1, "exit code 1");
        awaitState(rejected, RunState.FAILED);

        world.executor.answerLaunches(request -> LaunchAnswer.accept());
        RunId cancelled = create(taking("cancelled", 1));
        server.engine.runsWaiting();
        awaitRunning(cancelled, "a");
        RunId last = create(taking("last", 1));
        server.engine.runsWaiting();
        awaitState(last, "a", AttemptState.LAUNCHING);
        command(server, cancelled, CommandStore.Type.CANCEL);
        awaitState(cancelled, RunState.CANCELLED);
        awaitRunning(last, "a");
        server.close();
    }

    @Test
    void whoIsCancelledWhileWaitingNeverHadAPlace() {
        world.database.pool("spark", 1);
        RunId working = create(taking("working", 1));
        TestServer server = TestServer.up(world);
        LaunchKey a = awaitRunning(working, "a");
        RunId waiting = create(taking("waiting", 1));
        server.engine.runsWaiting();
        awaitState(waiting, "a", AttemptState.LAUNCHING);

        command(server, waiting, CommandStore.Type.CANCEL);
        awaitState(waiting, RunState.CANCELLED);
        assertThat(world.executor.launches()).extracting(LaunchRequest::key).containsExactly(a);
        world.executor.succeed(a);
        awaitState(working, RunState.SUCCEEDED);
        server.close();
    }

    @Test
    void aServerThatIsKilledKeepsItsPlacesForTheJobsThatGoOnAndLosesNobodyWhoWaits() {
        world.database.pool("spark", 1);
        RunId working = create(taking("working", 1));
        TestServer server = TestServer.up(world);
        LaunchKey a = awaitRunning(working, "a");
        RunId waiting = create(taking("waiting", 1));
        server.engine.runsWaiting();
        awaitState(waiting, "a", AttemptState.LAUNCHING);
        server.killAndExpire();

        TestServer next = TestServer.up(world);
        eventually(() -> next.engine.runs() == 2 && world.executor.watches().contains(a));
        int looks = world.database.looksAtPlaces();
        eventually(() -> {
            world.clock.advance(POLL);
            return world.database.looksAtPlaces() > looks;
        });
        assertThat(world.executor.launches()).hasSize(1);
        world.executor.succeed(a);
        awaitRunning(waiting, "a");
        assertThat(world.executor.launches()).hasSize(2);
        next.close();
    }

    @Test
    void aDagAndAStepHaveOnlySoManyAttemptsAtWorkOverAllRuns() {
        DagGraph limited = new DagBuilder("limited")
                .runLimits(new RunLimits(OptionalInt.of(3), Optional.empty()))
                .places(new Places(Map.of(), 0, OptionalInt.of(1)))
                .task("a")
                .places(Places.NONE)
                .task("b")
                .task("c")
                .build();
        RunId first = create(limited);
        TestServer server = TestServer.up(world);
        LaunchKey a = awaitRunning(first, "a");
        awaitRunning(first, "b");
        LaunchKey c = awaitRunning(first, "c");
        RunId second = create(limited);
        server.engine.runsWaiting();
        awaitState(second, "c", StepState.RUNNING);
        world.executor.succeed(c);
        eventually(() -> world.executor.launches().size() == 4);

        assertThat(attempt(second, "a").orElseThrow().state())
                .as("the step's own limit keeps it back, and another step has the place")
                .isEqualTo(AttemptState.LAUNCHING);
        world.executor.succeed(a);
        awaitRunning(second, "a");
        server.close();
    }
}
