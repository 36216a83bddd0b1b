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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private static final DagGraph DIAMOND = new DagBuilder("diamond")
            .task("a")
            .task("b", "a")
            .task("c", "a")
            .task("d", "b", "c")
            .build();

    static Stream<Arguments> everyCommit() {
        return IntStream.rangeClosed(1, MOST_COMMITS)
                .boxed()
                .flatMap(commit -> Stream.of(
                        Arguments.of(commit, false, false),
                        Arguments.of(commit, true, false),
                        Arguments.of(commit, false, true),
                        Arguments.of(commit, true, true)));
    }

    /**
     * @param commit at which the server dies; after the last one it dies idle
     * @param afterWriting whether the commit is written, without the server hearing of it
     * @param answersLost whether the executor starts every job without its answer being heard
     */
    @ParameterizedTest
    @MethodSource("everyCommit")
    void theNextServerFinishesTheRunAndLaunchesNothingTwice(int commit, boolean afterWriting, boolean answersLost)
            throws InterruptedException {
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

    /** Ends every job that is working, until the run is over or the server has crashed; says whether it has. */
    private boolean workUntil(RunId run, CountDownLatch crashed) throws InterruptedException {
        AtomicBoolean died = new AtomicBoolean();
        eventually(() -> {
            died.set(crashed.getCount() == 0);
            if (died.get() || world.database.state(run).isTerminal()) {
                return true;
            }
            world.clock.advance(Duration.ofMillis(50));
            List<LaunchKey> running = world.executor.running();
            running.forEach(world.executor::succeed);
            return false;
        });
        return crashed.await(died.get() ? 1 : 0, TimeUnit.SECONDS);
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
