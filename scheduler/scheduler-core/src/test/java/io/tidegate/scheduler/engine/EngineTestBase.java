package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** What tests of the engine have in common. */
abstract class EngineTestBase {
    private static final Overlap MANY = new Overlap(Overlap.Policy.PARALLEL, 100);
    // Held, because the logging system forgets a logger that nobody holds, and its level with it.
    private static final Logger QUIET = Logger.getLogger("io.tidegate.scheduler.engine");

    final TestServer.World world = new TestServer.World();
    private int runs;

    @BeforeAll
    static void breakThingsQuietly() {
        QUIET.setLevel(Level.OFF);
    }

    @AfterEach
    void nothingForbiddenWasWritten() {
        assertThat(world.database.violations()).isEmpty();
    }

    RunId create(DagGraph graph) {
        return create(graph, MANY);
    }

    RunId create(DagGraph graph, Overlap overlap) {
        runs++;
        DagVersionId version = new DagVersionId(graph.definition().id(), "0f".repeat(32));
        world.dags.put(version, graph);
        RunId id = new RunId(new UUID(0x0197000000007000L, 0x8000000000000000L + runs));
        Run run = new Run(
                id,
                version,
                new Trigger(TriggerKind.MANUAL, "test-" + runs, "ada"),
                Optional.empty(),
                Map.of(),
                new Run.Progress(RunState.QUEUED, world.clock.instant(), Optional.empty(), Optional.empty(), ""));
        world.database.create(run, graph.order(), overlap);
        return id;
    }

    void command(TestServer server, RunId run, CommandStore.Type type) {
        world.database.submit(new CommandStore.Command(0, run, type, CommandStore.Target.RUN, "ada", "because"));
        server.engine.commandsWaiting();
    }

    void awaitState(RunId run, RunState state) {
        eventually(() -> world.database.state(run) == state);
    }

    void awaitState(RunId run, String step, StepState state) {
        eventually(() -> world.database.snapshot(run).step(new StepId(step)).state() == state);
    }

    void awaitState(RunId run, String step, AttemptState state) {
        eventually(() ->
                attempt(run, step).filter(attempt -> attempt.state() == state).isPresent());
    }

    void awaitLaunch(String step) {
        eventually(() -> world.executor.launchOf(step).isPresent());
    }

    Optional<Attempt> attempt(RunId run, String step) {
        return Optional.ofNullable(world.database.snapshot(run).attempts().get(new StepId(step)));
    }

    LaunchKey awaitRunning(RunId run, String step) {
        awaitState(run, step, AttemptState.RUNNING);
        return attempt(run, step).orElseThrow().key();
    }

    static void eventually(BooleanSupplier condition) {
        await().pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20))
                .until(condition::getAsBoolean);
    }
}
