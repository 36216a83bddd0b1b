package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engines that share a database: one drains, one comes, one wakes the other. */
final class SeveralNodesTest extends EngineTestBase {
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").build();
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final int STEPS = 60;

    private final List<TestServer> servers = new ArrayList<>();

    private TestServer up() {
        TestServer server = TestServer.up(world);
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() {
        servers.forEach(TestServer::close);
    }

    private List<RunId> create(int count) {
        List<RunId> runs = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            runs.add(create(CHAIN));
        }
        return runs;
    }

    private void finish(List<RunId> runs) {
        for (RunId run : runs) {
            world.executor.succeed(awaitRunning(run, "a"));
            world.executor.succeed(awaitRunning(run, "b"));
            awaitState(run, RunState.SUCCEEDED);
        }
        assertThat(world.executor.launches()).extracting(LaunchRequest::key).doesNotHaveDuplicates();
    }

    @Test
    void aNodeThatDrainsLeavesItsWorkToTheOthersWithoutWaitingForAnyPoll() {
        List<RunId> runs = create(6);
        TestServer first = up();
        runs.forEach(run -> awaitRunning(run, "a"));
        TestServer second = up();
        eventually(() -> second.connection.registered());

        first.engine.drain();

        // The clock has stood still: nobody's poll and no lease has come round.
        eventually(() -> second.engine.runs() == runs.size());
        assertThat(first.engine.isDraining()).isTrue();
        assertThat(first.engine.runs()).isZero();
        eventually(() -> world.executor.watches().size() == 2 * runs.size());
        finish(runs);
        assertThat(runs)
                .allSatisfy(run -> assertThat(world.database.attempts(run))
                        .hasSize(2)
                        .allMatch(attempt -> attempt.state() == AttemptState.SUCCEEDED));
    }

    @Test
    void aNodeThatDrainsLaunchesNothingOfWhatItHasDecided() {
        world.attempts = 1;
        List<RunId> runs = create(2);
        TestServer first = up();
        eventually(() -> world.executor.running().size() == 1);
        for (RunId run : runs) {
            eventually(() -> attempt(run, "a").isPresent());
        }
        LaunchKey running = world.executor.running().get(0);

        // Letting go of the one frees the room the other waits for.
        first.engine.drain();
        assertThat(world.executor.launches()).hasSize(1);

        world.executor.succeed(running);
        world.attempts = 100;
        up();
        for (RunId run : runs) {
            if (!attempt(run, "a").orElseThrow().key().equals(running)) {
                world.executor.succeed(awaitRunning(run, "a"));
            }
            world.executor.succeed(awaitRunning(run, "b"));
            awaitState(run, RunState.SUCCEEDED);
        }
        assertThat(world.executor.launches()).extracting(LaunchRequest::key).doesNotHaveDuplicates();
    }

    @Test
    void whatIsSaidOnOneNodeIsHeardByTheOther() {
        List<RunId> runs = create(1);
        TestServer owner = up();
        LaunchKey a = awaitRunning(runs.get(0), "a");
        TestServer other = up();
        eventually(() -> other.connection.registered());

        command(other, runs.get(0), CommandStore.Type.CANCEL);

        eventually(() -> world.executor.cancels().contains(a));
        assertThat(owner.engine.runs() + other.engine.runs()).isLessThanOrEqualTo(1);
    }

    @Test
    void aNodeThatComesGetsWorkAsRunsComeBetweenTwoSteps() {
        DagBuilder builder = new DagBuilder("long").task("s0");
        for (int step = 1; step < STEPS; step++) {
            builder.task("s" + step, "s" + (step - 1));
        }
        DagGraph steps = builder.build();
        List<RunId> runs = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            runs.add(create(steps));
        }
        TestServer first = up();
        runs.forEach(run -> awaitRunning(run, "s0"));
        TestServer second = up();
        eventually(() -> second.connection.registered());
        renewed(first);
        assertThat(second.engine.runs()).as("nothing that is at work moves").isZero();

        eventually(() -> {
            world.executor.running().forEach(world.executor::succeed);
            return first.engine.runs() == 4 && second.engine.runs() == 4;
        });
        renewed(first);
        renewed(second);
        assertThat(first.engine.runs()).as("and there they stay").isEqualTo(4);
        eventually(() -> {
            world.executor.running().forEach(world.executor::succeed);
            return runs.stream().allMatch(run -> world.database.state(run) == RunState.SUCCEEDED);
        });
        assertThat(world.executor.launches())
                .hasSize(runs.size() * STEPS)
                .extracting(LaunchRequest::key)
                .doesNotHaveDuplicates();
    }

    /** Until the server has looked how runs are spread once more. */
    private void renewed(TestServer server) {
        int before = server.connection.looks();
        eventually(() -> {
            world.clock.advance(RENEWAL);
            return server.connection.looks() > before;
        });
    }

    @Test
    void runsWhoseStepsWaitForRoomMoveAtOnce() {
        world.attempts = 1;
        List<RunId> runs = create(8);
        TestServer first = up();
        runs.forEach(run -> eventually(() -> attempt(run, "a").isPresent()));
        eventually(() -> world.executor.running().size() == 1);
        TestServer second = up();
        eventually(() -> second.connection.registered());

        renewed(first);

        eventually(() -> first.engine.runs() == 4 && second.engine.runs() == 4);
        eventually(() -> world.executor.running().size() == 2);
    }
}
