package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.RunState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that only wait for something: they take no place, and say why they wait. */
final class WaitingJobsTest extends EngineTestBase {
    private static final DagGraph WIDE =
            new DagBuilder("wide").task("a").task("b").task("c").build();

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anyNumberOfThemWaitsAtOnceAlsoAfterARestart() {
        world.attempts = 1;
        world.executor.onlyWait();
        RunId run = create(WIDE);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        awaitRunning(run, "b");
        LaunchKey c = awaitRunning(run, "c");

        server.close();
        world.database.expireLeases();
        world.executor = world.executor.restarted();
        world.executor.onlyWait();
        server = TestServer.up(world);
        eventually(() -> world.executor.watches().size() >= 6);
        world.executor.succeed(a);
        world.executor.succeed(awaitRunning(run, "b"));
        world.executor.succeed(c);
        awaitState(run, RunState.SUCCEEDED);
    }

    @Test
    void whatTheyWaitForIsTheReasonOfTheStep() {
        RunId run = create(new DagBuilder("one").task("a").build());
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        world.executor.describe(a, Map.of(Observation.Described.REASON, "waits for 2 files", "uri", "/feed"));
        eventually(() -> reason(run).equals("waits for 2 files"));
        assertThat(attempt(run, "a").orElseThrow().job().orElseThrow().details())
                .containsEntry("uri", "/feed");

        world.executor.describe(a, Map.of("uri", "/other"));
        eventually(() -> attempt(run, "a")
                .flatMap(attempt -> Optional.ofNullable(
                        attempt.job().orElseThrow().details().get("uri")))
                .equals(Optional.of("/other")));
        assertThat(reason(run)).isEqualTo("waits for 2 files");

        world.executor.succeed(a);
        awaitState(run, RunState.SUCCEEDED);
        assertThat(reason(run)).isEmpty();
    }

    private String reason(RunId run) {
        return world.database.snapshot(run).step(new StepId("a")).reason();
    }
}
