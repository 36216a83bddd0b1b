package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.executor.testkit.LaunchAnswer;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The acceptance of a launch waits a moment for the end of its job. */
final class LingerTest extends EngineTestBase {
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").build();

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStepThatEndsAtOnceCostsOneCommit() {
        world.linger = Duration.ofMinutes(1);
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        RunId run = create(CHAIN);
        server = TestServer.up(world);

        awaitState(run, RunState.SUCCEEDED);
        assertThat(world.database.commits())
                .as("the first launch, the end of a with the launch of b, the end of b")
                .isEqualTo(3);
    }

    @Test
    void aLaunchIsOnRecordSoonThoughItsJobGoesOn() {
        world.linger = Duration.ofSeconds(1);
        RunId run = create(CHAIN);
        server = TestServer.up(world);
        awaitLaunch("a");

        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return attempt(run, "a").orElseThrow().state() == AttemptState.RUNNING;
        });
    }
}
