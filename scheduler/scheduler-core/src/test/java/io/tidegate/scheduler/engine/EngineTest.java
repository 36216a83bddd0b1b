package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.testkit.LaunchAnswer;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.sample.FakeReads;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs from the claim to the end, with people and misfortune interfering. */
final class EngineTest extends EngineTestBase {
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").build();
    private static final DagGraph SINGLE = new DagBuilder("single").task("a").build();
    private static final DagGraph PATIENT = new DagBuilder("patient")
            .limits(Duration.ofMinutes(20), new Retries(1, 1, 1, 1, Duration.ofSeconds(10), Duration.ofMinutes(1)))
            .task("a")
            .build();

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunGoesFromTheClaimToItsEndAndIsGivenBack() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        RunId run = create(CHAIN);
        server = TestServer.up(world);

        awaitState(run, RunState.SUCCEEDED);
        eventually(() -> world.database.owner(run).isEmpty());
        assertThat(world.executor.launches()).hasSize(2);
        assertThat(world.database.attempts(run))
                .hasSize(2)
                .allMatch(attempt -> attempt.state() == AttemptState.SUCCEEDED);
        assertThat(server.engine.runs()).isZero();
    }

    @Test
    void aHopCostsOneCommitBetweenTheEndOfAStepAndTheLaunchOfTheNext() {
        RunId run = create(CHAIN);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        int before = world.database.commits();
        world.executor.holdLaunches();

        world.executor.succeed(a);
        awaitLaunch("b");

        assertThat(world.database.commits()).isEqualTo(before + 1);
        world.executor.releaseLaunches();
        assertThat(world.reads.asked())
                .as("steps that need nothing looked up ask nothing")
                .isZero();
    }

    @Test
    void aRunThatIsMadeLaterIsNoticedWhenItIsSaid() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        server = TestServer.up(world);
        RunId run = create(SINGLE);
        server.engine.runsWaiting();

        awaitState(run, RunState.SUCCEEDED);
    }

    @Test
    void aRunThatIsMadeElsewhereIsNoticedAtTheNextPoll() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        server = TestServer.up(world);
        RunId run = create(SINGLE);
        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return world.database.state(run) == RunState.SUCCEEDED;
        });
    }

    @Test
    void aQueuedRunStartsWhenTheOneBeforeHasEnded() {
        RunId first = create(SINGLE, Overlap.QUEUED);
        RunId second = create(SINGLE, Overlap.QUEUED);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(first, "a");
        assertThat(world.database.state(second)).isEqualTo(RunState.QUEUED);

        world.executor.succeed(a);
        awaitRunning(second, "a");
        assertThat(world.database.state(first)).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void onlySoManyAttemptsWorkAtOnceAndTheOthersComeInOrder() {
        world.attempts = 2;
        DagGraph wide =
                new DagBuilder("wide").task("a").task("b").task("c").task("d").build();
        RunId run = create(wide);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        awaitRunning(run, "b");
        assertThat(attempt(run, "c").orElseThrow().state()).isEqualTo(AttemptState.LAUNCHING);
        assertThat(world.executor.launches()).hasSize(2);

        world.executor.succeed(a);
        awaitRunning(run, "c");
        assertThat(world.executor.launches()).hasSize(3);
    }

    @Test
    void aFailedAttemptIsTriedAgainWhenItsBackoffIsOver() {
        RunId run = create(PATIENT);
        server = TestServer.up(world);
        world.executor.fail(awaitRunning(run, "a"), 1, "exit code 1");
        awaitState(run, "a", StepState.RETRYING);
        assertThat(world.executor.launches()).hasSize(1);

        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(13));
            return world.executor.launches().size() == 2;
        });
        world.executor.succeed(awaitRunning(run, "a"));
        awaitState(run, RunState.SUCCEEDED);
        assertThat(attempt(run, "a").orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void anAttemptThatRunsTooLongIsStopped() {
        RunId run = create(new DagBuilder("slow").task("a").build());
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        eventually(() -> {
            world.clock.advance(Duration.ofMinutes(20));
            return world.database.state(run) == RunState.FAILED;
        });

        assertThat(world.executor.cancels()).contains(a);
        assertThat(attempt(run, "a").orElseThrow().outcome().failure()).contains(FailureKind.TIMEOUT);
    }

    @Test
    void aLostAnswerIsResolvedByLookingAndNeverByLaunchingAgain() {
        world.executor.answerLaunches(request -> LaunchAnswer.unknownButStarted());
        RunId run = create(SINGLE);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");

        world.executor.succeed(a);
        awaitState(run, RunState.SUCCEEDED);
        assertThat(world.executor.launches()).hasSize(1);
        assertThat(world.executor.finds()).contains(a);
    }

    @Test
    void aLostAnswerStaysUnknownUntilTheOtherSideAnswers() {
        world.executor.answerLaunches(request -> LaunchAnswer.unknownButStarted());
        world.executor.answerFindsUnknown(true);
        RunId run = create(SINGLE);
        server = TestServer.up(world);
        awaitState(run, "a", AttemptState.UNKNOWN);
        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return world.executor.finds().size() > 3;
        });
        assertThat(attempt(run, "a").orElseThrow().state()).isEqualTo(AttemptState.UNKNOWN);

        world.executor.answerFindsUnknown(false);
        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return attempt(run, "a").orElseThrow().state() == AttemptState.RUNNING;
        });
        assertThat(world.executor.launches()).hasSize(1);
    }

    @Test
    void aLaunchThatNeverHappenedFailsOnThePlatformAfterLookingMoreThanOnce() {
        world.executor.answerLaunches(request -> LaunchAnswer.unknownAndNotStarted());
        RunId run = create(SINGLE);
        server = TestServer.up(world);
        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return world.database.state(run) == RunState.FAILED;
        });

        assertThat(world.executor.finds()).hasSizeGreaterThan(1);
        assertThat(world.executor.forgone())
                .containsExactly(attempt(run, "a").orElseThrow().key());
        assertThat(attempt(run, "a").orElseThrow().outcome().failure()).contains(FailureKind.PLATFORM);
    }

    @Test
    void cancellingStopsTheJobAndEndsTheRunWhenItHasEnded() {
        world.executor.endOnCancel(false);
        RunId run = create(CHAIN);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        command(server, run, CommandStore.Type.CANCEL);

        awaitState(run, RunState.CANCELLING);
        eventually(() -> world.executor.cancels().contains(a));
        world.executor.fail(a, 143, "killed");
        awaitState(run, RunState.CANCELLED);
        assertThat(world.database.pendingCommands()).isEmpty();
    }

    @Test
    void aCancellationThatComesTooLateLeavesTheSuccess() {
        world.executor.endOnCancel(false);
        RunId run = create(CHAIN);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        command(server, run, CommandStore.Type.CANCEL);
        eventually(() -> world.executor.cancels().contains(a));
        world.executor.succeed(a);

        awaitState(run, RunState.CANCELLED);
        assertThat(attempt(run, "a").orElseThrow().state()).isEqualTo(AttemptState.SUCCEEDED);
    }

    @Test
    void aLaunchThatWaitsForAPlaceIsWithdrawn() {
        world.attempts = 1;
        RunId first = create(SINGLE);
        RunId second = create(SINGLE);
        server = TestServer.up(world);
        eventually(() -> world.executor.running().size() == 1);
        // The books may still call the running one launching.
        Optional<LaunchKey> ofFirst = attempt(first, "a").map(Attempt::key);
        RunId waiting = ofFirst.filter(world.executor.running()::contains).isPresent() ? second : first;
        awaitState(waiting, "a", AttemptState.LAUNCHING);
        command(server, waiting, CommandStore.Type.CANCEL);

        awaitState(waiting, RunState.CANCELLED);
        assertThat(world.executor.launches()).hasSize(1);
    }

    @Test
    void aRerunTakesTheFailedStepUpAgain() {
        RunId run = create(CHAIN);
        server = TestServer.up(world);
        world.executor.fail(awaitRunning(run, "a"), 1, "exit code 1");
        awaitState(run, RunState.FAILED);
        eventually(() -> world.database.owner(run).isEmpty());
        command(server, run, CommandStore.Type.RERUN_FAILED);

        eventually(() -> world.executor.running().size() == 1);
        world.executor.succeed(awaitRunning(run, "a"));
        world.executor.succeed(awaitRunning(run, "b"));
        awaitState(run, RunState.SUCCEEDED);
        assertThat(world.database.attempts(run)).hasSize(3);
    }

    @Test
    void aStepThatCannotBeDeclaredFailsAndSaysWhy() {
        RunId run = create(SINGLE);
        world.requests = order -> {
            throw new IllegalArgumentException("'{{ params.day }}' names 'params.day', which has no value here");
        };
        server = TestServer.up(world);

        awaitState(run, RunState.FAILED);
        StepRun step = world.database.snapshot(run).step(new StepId("a"));
        assertThat(step.reason()).contains("which has no value here");
        assertThat(step.findings().failure()).contains(FailureKind.USER);
        assertThat(world.executor.launches()).isEmpty();
    }

    @Test
    void aStepWhoseExecutorThisServerDoesNotHaveFailsAndSaysSo() {
        RunId run = create(SINGLE);
        world.executorName = "spark";
        server = TestServer.up(world);

        awaitState(run, RunState.FAILED);
        assertThat(world.database.snapshot(run).step(new StepId("a")).reason())
                .isEqualTo("this server has no executor 'process'");
    }

    @Test
    void whatCannotBeLookedUpNowIsLookedUpLater() {
        world.reads.failing(Optional.of(FakeReads.outage()));
        DagGraph models = new DagBuilder("models").train("a").build();
        RunId run = create(models);
        server = TestServer.up(world);
        eventually(() -> world.reads.asked() > 0);
        awaitState(run, "a", StepState.RESOLVING);

        world.reads.failing(Optional.empty());
        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return attempt(run, "a").isPresent();
        });
    }

    @Test
    void aBugInLookingThingsUpFailsTheStepWhereItIsSeen() {
        world.reads.failing(Optional.of(new IllegalStateException("no such column")));
        RunId run = create(new DagBuilder("models").train("a").build());
        server = TestServer.up(world);

        awaitState(run, RunState.FAILED);
        assertThat(world.database.snapshot(run).step(new StepId("a")).reason())
                .contains("could not look up")
                .contains("no such column");
    }

    @Test
    void aPublicationThatMeetsAnotherChampionIsJudgedAgain() {
        DagGraph models = new DagBuilder("models").train("a").publish("p").build();
        RunId run = create(models);
        world.database.champion(DagBuilder.MODEL, 4);
        world.reads.champion(version(run, 3)).challenger(version(run, 5));
        server = TestServer.up(world);
        world.executor.succeed(awaitRunning(run, "a"));
        eventually(() -> world.reads.asked() > 6);
        assertThat(world.database.written(Change.PublicationDecided.class)).isEmpty();

        world.reads.champion(version(run, 4));
        awaitState(run, RunState.SUCCEEDED);
        assertThat(world.database.written(Change.PublicationDecided.class))
                .singleElement()
                .satisfies(decided -> {
                    assertThat(decided.verdict().accepted()).isTrue();
                    assertThat(decided.verdict().championVersion()).contains(4);
                });
        eventually(() -> world.published.contains("late-arrival"));
    }

    private static ModelVersion version(RunId run, int number) {
        return new ModelVersion(
                DagBuilder.MODEL, number, ModelState.CANDIDATE, "/models/" + number, "", run, new StepId("a"));
    }

    @Test
    void aSuccessWhoseReportCannotBeReadIsNone() {
        RunId run = create(SINGLE);
        server = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        world.executor.report(a, "!");
        world.executor.succeed(a);
        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return world.database.state(run) == RunState.FAILED;
        });

        assertThat(attempt(run, "a").orElseThrow().outcome().failure()).contains(FailureKind.PLATFORM);
        assertThat(attempt(run, "a").orElseThrow().outcome().message()).contains("its report cannot be read");
    }

    @Test
    void listenersHearWhatWasCommitted() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        RunId run = create(SINGLE);
        server = TestServer.up(world);
        awaitState(run, RunState.SUCCEEDED);

        eventually(() -> world.heard.equals(world.database.written(Change.class)));
    }

    @Test
    void everyLoopShowsThatItIsAliveWhateverTheClockSays() {
        server = TestServer.up(world);
        world.clock.advance(Duration.ofHours(1));

        assertThat(server.engine.loops())
                .allMatch(LoopLag::alive)
                .extracting(LoopLag::loop)
                .containsExactly("lease", "balance", "claim", "command", "places", "commit");
    }
}
