package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.testkit.LaunchAnswer;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The server dies at any point, and the next one finishes what it began: each attempt is launched once. */
final class CrashTest extends EngineTestBase {
    private static final int MOST_COMMITS = 14;
    /** An acceptance that waits is mostly written with the end of its job. */
    private static final int MOST_COMMITS_WITH_LINGER = 6;

    private static final Duration TICK = Duration.ofMillis(20);
    private static final DagGraph DIAMOND = new DagBuilder("diamond")
            .task("a")
            .task("b", "a")
            .task("c", "a")
            .task("d", "b", "c")
            .build();

    static Stream<Arguments> everyCommit() {
        return Stream.of(Duration.ZERO, EngineSettings.Pace.DEFAULT.linger())
                .flatMap(linger -> IntStream.rangeClosed(1, linger.isZero() ? MOST_COMMITS : MOST_COMMITS_WITH_LINGER)
                        .boxed()
                        .flatMap(commit -> Stream.of(
                                Arguments.of(linger, commit, false, false),
                                Arguments.of(linger, commit, true, false),
                                Arguments.of(linger, commit, false, true),
                                Arguments.of(linger, commit, true, true))));
    }

    /**
     * @param linger how long the acceptance of a launch waits for company
     * @param commit at which the server dies; after the last one it dies idle
     * @param afterWriting whether the commit is written, without the server hearing of it
     * @param answersLost whether the executor starts every job without its answer being heard
     */
    @ParameterizedTest
    @MethodSource("everyCommit")
    void theNextServerFinishesTheRunAndLaunchesNothingTwice(
            Duration linger, int commit, boolean afterWriting, boolean answersLost) throws InterruptedException {
        world.linger = linger;
        if (answersLost) {
            world.executor.answerLaunches(request -> LaunchAnswer.unknownButStarted());
        }
        RunId run = create(DIAMOND);
        CountDownLatch crashed = new CountDownLatch(1);
        TestServer first = new TestServer(world);
        first.connection.crashAt(commit, afterWriting, () -> {
            first.kill();
            crashed.countDown();
        });
        first.engine.start();
        boolean died = workUntil(run, crashed);
        if (!died) {
            first.kill();
        }
        world.database.expireLeases();
        first.close();

        finishesWithOneLaunchForEachStep(run);
    }

    @Test
    void acceptancesThatWaitedWhenTheServerDiedAreFoundOutAgain() {
        world.linger = Duration.ofMinutes(1);
        RunId run = create(DIAMOND);
        TestServer first = TestServer.up(world);
        awaitLaunch("a");
        world.executor.running().forEach(world.executor::succeed);
        awaitLaunch("b");
        awaitLaunch("c");
        assertThat(Stream.of("b", "c")
                        .map(step -> attempt(run, step).orElseThrow().state()))
                .as("nobody has written that they were accepted")
                .containsOnly(AttemptState.LAUNCHING);
        first.killAndExpire();
        first.close();

        finishesWithOneLaunchForEachStep(run);
    }

    private void finishesWithOneLaunchForEachStep(RunId run) {
        TestServer second = TestServer.up(world);
        try {
            assertThat(workUntil(run, new CountDownLatch(1))).isFalse();
        } finally {
            second.close();
        }

        assertThat(world.database.state(run)).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.executor.launches())
                .extracting(LaunchRequest::key)
                .doesNotHaveDuplicates()
                .hasSize(4);
        assertThat(world.database.attempts(run))
                .hasSize(4)
                .extracting(Attempt::state)
                .containsOnly(AttemptState.SUCCEEDED);
        assertThat(world.database.written(Change.ReportTaken.class)).hasSize(4);
    }

    /**
     * Ends the jobs that are working, one after the other and so fast that acceptances may still wait for company, until the run is over or the
     * server has crashed; says whether it has.
     */
    private boolean workUntil(RunId run, CountDownLatch crashed) {
        AtomicBoolean died = new AtomicBoolean();
        eventually(() -> {
            died.set(crashed.getCount() == 0);
            if (died.get() || world.database.state(run).isTerminal()) {
                return true;
            }
            world.clock.advance(TICK);
            world.executor.running().stream().findFirst().ifPresent(world.executor::succeed);
            return false;
        });
        return died.get();
    }

    @Test
    void aServerThatIsStoppedLeavesItsJobsAndItsRunsToTheNext() {
        RunId run = create(DIAMOND);
        TestServer first = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        first.close();
        assertThat(world.executor.cancels()).isEmpty();
        world.executor = world.executor.restarted();
        world.executor.succeed(a);

        TestServer second = TestServer.up(world);
        awaitRunning(run, "b");
        second.close();
        assertThat(world.executor.launches()).extracting(LaunchRequest::key).doesNotHaveDuplicates();
    }

    @Test
    void aJobThatVanishedWhileNoServerWasThereIsLost() {
        RunId run = create(new DagBuilder("single").task("a").build());
        TestServer first = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        first.killAndExpire();
        first.close();
        world.executor.lose(a);

        TestServer second = TestServer.up(world);
        awaitState(run, RunState.FAILED);
        second.close();
        assertThat(attempt(run, "a").orElseThrow().outcome().failure()).contains(io.tidegate.executor.FailureKind.LOST);
    }

    @Test
    void aCancellationGoesOnAfterTheCrash() {
        world.executor.endOnCancel(false);
        RunId run = create(DIAMOND);
        TestServer first = TestServer.up(world);
        LaunchKey a = awaitRunning(run, "a");
        command(first, run, io.tidegate.scheduler.store.CommandStore.Type.CANCEL);
        awaitState(run, RunState.CANCELLING);
        first.killAndExpire();
        first.close();

        TestServer second = TestServer.up(world);
        eventually(() -> world.executor.cancels().contains(a));
        world.executor.fail(a, 143, "killed");
        awaitState(run, RunState.CANCELLED);
        second.close();
    }
}
