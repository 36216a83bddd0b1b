package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.testkit.LaunchAnswer;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.RunStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases, fences and a database that goes away or cannot take something. */
final class OwnershipTest extends EngineTestBase {
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").build();
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    @Test
    void aServerThatLostItsRunDropsItAndTheOtherOneFinishesIt() {
        RunId run = create(CHAIN);
        TestServer stale = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        // The first server sleeps past its lease: its run is claimed by the second before it notices anything.
        world.database.expireLeases();
        TestServer owner = TestServer.up(world);
        eventually(() -> world.database.owner(run).isPresent() && owner.engine.runs() == 1);
        eventually(() -> world.executor.watches().size() == 2);
        world.executor.succeed(a);

        awaitRunning(run, "b");
        world.executor.succeed(world.executor.keyOf("b"));
        awaitState(run, RunState.SUCCEEDED);
        assertThat(world.executor.launches()).extracting(LaunchRequest::key).doesNotHaveDuplicates();
        stale.close();
        owner.close();
    }

    @Test
    void aServerThatCannotCountOnItsLeaseAnyMoreLaunchesNothingAndLeavesItToTheNextOwner() {
        world.attempts = 1;
        RunId run = create(new DagBuilder("wide").task("a").task("b").build());
        TestServer frozen = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        eventually(() -> attempt(run, "b").isPresent());
        // Frozen for so long, and the database has not told it yet.
        world.nanoTime.addAndGet(TestServer.LEASE.toNanos());
        world.executor.succeed(a);
        awaitState(run, "a", StepState.SUCCEEDED);

        world.database.expireLeases();
        TestServer next = TestServer.up(world);
        awaitRunning(run, "b");
        assertThat(frozen.executor.launched()).containsExactly(a);
        assertThat(next.executor.launched()).containsExactly(world.executor.keyOf("b"));
        frozen.close();
        next.close();
    }

    @Test
    void aLaunchWaitsForALeaseThatIsLateAndHappensWhenItIsRenewed() {
        RunId run = create(CHAIN);
        TestServer late = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        world.nanoTime.addAndGet(TestServer.LEASE.toNanos());
        world.executor.succeed(a);
        awaitState(run, "a", StepState.SUCCEEDED);

        eventually(() -> {
            world.clock.advance(RENEWAL);
            return world.executor.launchOf("b").isPresent();
        });
        late.close();
    }

    @Test
    void aRunThatWasTakenOverWithoutAnAnswerIsWorkedOnAllTheSame() {
        TestServer server = TestServer.up(world);
        eventually(() -> server.connection.registered());
        server.connection.loseAnswerToClaim();
        RunId run = create(CHAIN);
        server.engine.runsWaiting();

        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return world.executor.launchOf("a").isPresent();
        });
        assertThat(world.database.owned(world.database.owner(run).orElseThrow()))
                .as("it was taken over once")
                .extracting(RunStore.ClaimedRun::fence)
                .containsExactly(1L);
        server.close();
    }

    @Test
    void aStaleCommitChangesNothingAndDropsTheRun() {
        RunId run = create(CHAIN);
        TestServer stale = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        world.database.expireLeases();
        int before = world.database.written(Change.class).size();
        world.executor.succeed(a);

        eventually(() -> stale.engine.runs() == 0);
        assertThat(world.database.written(Change.class)).hasSize(before);
        assertThat(world.executor.launchOf("b")).isEmpty();
        stale.close();
    }

    @Test
    void aServerWhoseLeaseRanOutComesBackUnderANewNameAndAdoptsWhatItLetGo() {
        RunId run = create(CHAIN);
        TestServer server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        var before = world.database.owner(run);
        world.database.expireLeases();
        eventually(() -> {
            world.clock.advance(RENEWAL);
            return world.database
                    .owner(run)
                    .filter(owner -> !before.get().equals(owner))
                    .isPresent();
        });
        eventually(() -> world.executor.watches().size() >= 2);
        world.executor.succeed(a);

        awaitRunning(run, "b");
        assertThat(world.executor.launches()).hasSize(2);
        server.close();
    }

    @Test
    void whileTheDatabaseIsAwayJobsGoOnAndResultsAreWrittenAfterwards() {
        RunId run = create(CHAIN);
        TestServer server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        server.connection.away(true);
        world.executor.succeed(a);
        world.clock.advance(Duration.ofSeconds(15));
        assertThat(world.executor.launchOf("b"))
                .as("no effect before its commit")
                .isEmpty();

        server.connection.away(false);
        world.executor.succeed(awaitRunning(run, "b"));
        awaitState(run, RunState.SUCCEEDED);
        server.close();
    }

    @Test
    void aServerThatComesUpWhileTheDatabaseIsAwayWaitsForIt() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        RunId run = create(CHAIN);
        TestServer server = new TestServer(world);
        server.connection.away(true);
        server.engine.start();
        world.clock.advance(RENEWAL);
        server.connection.away(false);

        eventually(() -> {
            world.clock.advance(RENEWAL);
            return world.database.state(run) == RunState.SUCCEEDED;
        });
        server.close();
    }

    @Test
    void aRunTheDatabaseCannotTakeIsSetAsideAndTheOthersGoOn() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        TestServer server = new TestServer(world);
        RunId bad = create(CHAIN);
        RunId good = create(CHAIN);
        server.connection.poison(batch -> refusing(batch, bad));
        server.engine.start();

        awaitState(good, RunState.SUCCEEDED);
        eventually(() -> server.engine.setAside().contains(bad));
        eventually(() -> world.database.written(Change.EventAppended.class).stream()
                .anyMatch(line -> line.type().equals("run_set_aside")));
        server.close();
    }

    private static List<RunCommit> refusing(List<RunCommit> batch, RunId bad) {
        for (RunCommit commit : batch) {
            boolean writes = commit.changes().stream().anyMatch(Change.StepWritten.class::isInstance);
            if (commit.run().equals(bad) && writes) {
                throw new IllegalArgumentException("unsupported Unicode escape sequence");
            }
        }
        return new ArrayList<>(batch);
    }

    @Test
    void aRunWhoseVersionCannotBeReadIsSetAsideAndTheOthersGoOn() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        RunId unreadable = create(new DagBuilder("gone").task("a").build());
        RunId good = create(CHAIN);
        world.dags.keySet().removeIf(version -> version.dag().value().equals("gone"));
        TestServer server = TestServer.up(world);

        awaitState(good, RunState.SUCCEEDED);
        assertThat(server.engine.setAside()).containsExactly(unreadable);
        assertThat(world.database.state(unreadable)).isEqualTo(RunState.QUEUED);
        server.close();

        DagGraph graph = new DagBuilder("gone").task("a").build();
        world.dags.put(new DagVersionId(graph.definition().id(), "0f".repeat(32)), graph);
        TestServer next = TestServer.up(world);
        awaitState(unreadable, RunState.SUCCEEDED);
        assertThat(world.database.snapshot(unreadable).attempts()).containsOnlyKeys(new StepId("a"));
        next.close();
    }

    @Test
    void aBugInTheListenerDoesNotDisturbTheRun() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        world.deaf = true;
        RunId run = create(CHAIN);
        TestServer server = TestServer.up(world);

        awaitState(run, RunState.SUCCEEDED);
        server.close();
    }

    @Test
    void theRunsOfAServerThatDiesWaitFifteenSecondsAtMost() {
        EngineSettings.Pace usual = EngineSettings.Pace.DEFAULT;

        assertThat(usual.lease().plus(usual.claimEvery())).isLessThan(Duration.ofSeconds(15));
    }
}
