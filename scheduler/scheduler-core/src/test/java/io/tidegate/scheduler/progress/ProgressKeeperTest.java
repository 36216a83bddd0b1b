package io.tidegate.scheduler.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.testkit.FakeExecutor;
import io.tidegate.scheduler.run.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is asked how far attempts are, when, and who hears of it. */
final class ProgressKeeperTest {
    private static final RunId RUN = new RunId(new UUID(1, 2));
    private static final JobProgress SOME = new JobProgress(0.4, "stage 2 of 5");

    private final FakeExecutor slow = new FakeExecutor("slow");
    private final FakeExecutor quick = new FakeExecutor("quick");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RunningAttempt> running = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ProgressKeeper keeper = keeper((key, output) -> Optional.empty(), threads);

    private ProgressKeeper keeper(ReportedProgress reports, java.util.concurrent.Executor asking) {
        return new ProgressKeeper(
                name -> List.<Executor>of(slow, quick).stream()
                        .filter(executor -> executor.name().equals(name))
                        .findFirst(),
                () -> List.copyOf(running),
                reports,
                (attempt, progress) -> heard.add(attempt.step() + " " + progress.message()),
                asking);
    }

    @AfterEach
    void stop() {
        slow.releaseProgress();
        threads.shutdownNow();
    }

    private LaunchKey runs(FakeExecutor executor, String step) {
        LaunchKey key = new LaunchKey(step + "-1");
        running.add(new RunningAttempt(
                RUN, new StepId(step), 1, executor.name(), new ExternalJob(key, "job-" + step, Map.of())));
        return key;
    }

    @Test
    void whatAnExecutorSaysIsKnownAndToldOnceForEachChange() {
        LaunchKey key = runs(quick, "train");
        ProgressKeeper direct = keeper((unused, output) -> Optional.empty(), Runnable::run);
        direct.round();
        assertThat(direct.board().of(key)).isEmpty();

        quick.progress(key, SOME);
        direct.round();
        direct.round();
        quick.progress(key, new JobProgress(0.6, "stage 3 of 5"));
        direct.round();

        assertThat(heard).containsExactly("train stage 2 of 5", "train stage 3 of 5");
        assertThat(direct.board().of(RUN, new StepId("train"))).contains(new JobProgress(0.6, "stage 3 of 5"));
    }

    @Test
    void whatTheProgramItselfSaysGoesFirstAndTheExecutorIsNotAsked() {
        LaunchKey key = runs(quick, "train");
        quick.progress(key, SOME);
        ProgressKeeper direct = keeper((unused, output) -> Optional.of(new JobProgress(0.9, "fitted")), Runnable::run);

        direct.round();

        assertThat(direct.board().of(key)).contains(new JobProgress(0.9, "fitted"));
        assertThat(quick.progressQuestions()).isZero();
    }

    @Test
    void aReportThatCannotBeReadLeavesTheExecutorToBeAsked() {
        LaunchKey key = runs(quick, "train");
        quick.progress(key, SOME);
        ProgressKeeper direct = keeper(
                (unused, output) -> {
                    throw new IOException("gone");
                },
                Runnable::run);

        direct.round();

        assertThat(direct.board().of(key)).contains(SOME);
    }

    @Test
    void anAttemptThatIsOverIsForgotten() {
        LaunchKey key = runs(quick, "train");
        quick.progress(key, SOME);
        ProgressKeeper direct = keeper((unused, output) -> Optional.empty(), Runnable::run);
        direct.round();

        running.clear();
        direct.round();

        assertThat(direct.board().of(key)).isEmpty();
        assertThat(direct.board().of(RUN, new StepId("train"))).isEmpty();
    }

    @Test
    void aPlaceThatDoesNotAnswerIsAskedByTwoAtMostAndDelaysNobodyElse() {
        for (int number = 0; number < 10; number++) {
            runs(slow, "slow" + number);
        }
        LaunchKey key = runs(quick, "train");
        quick.progress(key, SOME);
        slow.holdProgress();

        keeper.round();
        await().until(() -> slow.progressQuestions() == 2);
        quick.progress(key, new JobProgress(0.6, "further"));
        keeper.round();
        await().until(() -> heard.contains("train further"));
        assertThat(slow.progressQuestions()).isEqualTo(2);

        slow.releaseProgress();
        await().until(() -> slow.progressQuestions() == 10);
    }
}
