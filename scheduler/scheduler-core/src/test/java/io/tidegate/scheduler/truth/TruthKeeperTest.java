package io.tidegate.scheduler.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.FakeExecutor;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.SettableClock;
import io.tidegate.scheduler.state.AttemptState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said of attempts on both sides, and what is done when it does not go together. */
final class TruthKeeperTest {
    private static final LaunchKey KEY = new LaunchKey("weekly-load-1");
    private static final RunId RUN = new RunId(new UUID(1, 2));
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration CONFIRMED = Duration.ofSeconds(20);

    private final SettableClock clock = new SettableClock(Instant.parse("2001-01-08T05:00:00Z"));
    private final FakeExecutor cluster = new FakeExecutor("fake");
    private final Books books = new Books();
    private final List<LaunchKey> looks = new ArrayList<>();
    private final TruthKeeper keeper = keeper(Optional.of(GRACE));

    private TruthKeeper keeper(Optional<Duration> orphanGrace) {
        return new TruthKeeper(
                () -> List.of(cluster),
                books,
                attempt -> looks.add(attempt.key()),
                new TruthKeeper.Patience(CONFIRMED, GRACE, orphanGrace),
                clock);
    }

    private static final class Books implements AttemptBooks {
        private final Map<LaunchKey, BookedAttempt> attempts = new LinkedHashMap<>();

        void say(LaunchKey key, AttemptState state) {
            attempts.put(key, new BookedAttempt(new DagId("weekly"), RUN, new StepId("load"), 1, key, "fake", state));
        }

        @Override
        public List<BookedAttempt> going() {
            return attempts.values().stream()
                    .filter(attempt -> !attempt.state().isTerminal())
                    .toList();
        }

        @Override
        public List<BookedAttempt> known(Collection<LaunchKey> keys) {
            return attempts.values().stream()
                    .filter(attempt -> keys.contains(attempt.key()))
                    .toList();
        }
    }

    private void launch(LaunchKey key) {
        cluster.launch(new LaunchRequest(
                key,
                new AttemptIdentity(new DagId("weekly"), "", RUN.toString(), new StepId("load"), 1),
                new ExecutorSettings.LocalProcess(),
                new Workload.CommandLine(List.of("true")),
                new LaunchRequest.Surroundings("/", Map.of(), "{}"),
                Duration.ofHours(1)));
    }

    private Verdict verdict() {
        return keeper.look().rows().get(0).verdict();
    }

    private void later(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    private void stand(Duration time) {
        keeper.round();
        later(time);
        keeper.round();
    }

    @Test
    void aJobThatRunsAndAnAttemptThatGoesOnAgree() {
        launch(KEY);
        books.say(KEY, AttemptState.RUNNING);

        TruthReport report = keeper.look();

        assertThat(report.disagreements()).isZero();
        assertThat(report.clusters())
                .containsExactly(new TruthReport.AskedCluster("fake", "fake", 1, Optional.empty()));
        assertThat(report.rows()).singleElement().satisfies(row -> {
            assertThat(row.verdict()).isEqualTo(Verdict.AGREED);
            assertThat(row.ours()).isPresent();
            assertThat(row.theirs()).isPresent();
        });
    }

    @Test
    void whatIsOverOnBothSidesIsNotSpokenOf() {
        launch(KEY);
        cluster.succeed(KEY);
        books.say(KEY, AttemptState.SUCCEEDED);

        assertThat(keeper.look().rows()).isEmpty();
    }

    @Test
    void aLaunchThatIsOnItsWayIsNotMissing() {
        books.say(KEY, AttemptState.LAUNCHING);

        assertThat(verdict()).isEqualTo(Verdict.AGREED);
    }

    @Test
    void aJobThatIsGoneIsLookedForOnceItHasBeenGoneForAWhile() {
        books.say(KEY, AttemptState.RUNNING);
        assertThat(verdict()).isEqualTo(Verdict.MISSING);

        keeper.round();
        assertThat(looks).isEmpty();
        later(CONFIRMED);
        keeper.round();

        assertThat(looks).containsExactly(KEY);
    }

    @Test
    void anEndThatNobodyHeardIsLookedAt() {
        launch(KEY);
        cluster.succeed(KEY);
        books.say(KEY, AttemptState.RUNNING);
        assertThat(verdict()).isEqualTo(Verdict.ENDED_UNHEARD);

        stand(CONFIRMED);

        assertThat(looks).containsExactly(KEY);
    }

    @Test
    void aClusterThatDoesNotAnswerSaysNothingAgainstAnAttempt() {
        launch(KEY);
        books.say(KEY, AttemptState.RUNNING);
        cluster.answerFindsUnknown(true);

        TruthReport report = keeper.look();
        assertThat(report.clusters().get(0).problem()).contains("the other side does not answer");
        assertThat(report.rows().get(0).verdict()).isEqualTo(Verdict.UNANSWERED);

        stand(GRACE.multipliedBy(2));
        assertThat(looks).isEmpty();
    }

    @Test
    void aJobThatNobodyKnowsIsReportedAndEndedAfterTheGracePeriod() {
        cluster.plant(KEY);
        assertThat(verdict()).isEqualTo(Verdict.ORPHAN);

        stand(GRACE.minusSeconds(1));
        assertThat(cluster.cancels()).isEmpty();
        assertThat(keeper.newest().disagreements()).isEqualTo(1);

        later(Duration.ofSeconds(1));
        keeper.round();
        assertThat(cluster.cancels()).containsExactly(KEY);
        assertThat(keeper.look().rows()).isEmpty();
    }

    @Test
    void aJobThatDoesNotSayWhichTidegateMadeItIsReportedAndLeftAlone() {
        cluster.plantUnmarked(KEY);
        assertThat(verdict()).isEqualTo(Verdict.UNMARKED);

        stand(GRACE.multipliedBy(100));

        assertThat(cluster.cancels()).isEmpty();
        assertThat(looks).isEmpty();
        assertThat(keeper.newest().disagreements()).isEqualTo(1);
    }

    @Test
    void aJobWithoutAMarkThatOurBooksKnowIsOurs() {
        cluster.plantUnmarked(KEY);
        books.say(KEY, AttemptState.RUNNING);
        assertThat(verdict()).isEqualTo(Verdict.AGREED);

        books.say(KEY, AttemptState.CANCELLED);
        stand(GRACE);

        assertThat(cluster.cancels()).containsExactly(KEY);
    }

    @Test
    void aJobThatNobodyKnowsIsOnlyReportedWhenItIsNeverToBeEnded() {
        cluster.plant(KEY);
        TruthKeeper careful = keeper(Optional.empty());
        careful.round();
        later(GRACE.multipliedBy(100));
        careful.round();

        assertThat(cluster.cancels()).isEmpty();
        assertThat(careful.newest().disagreements()).isEqualTo(1);
    }

    @Test
    void whatOutlivesItsAttemptIsEndedToo() {
        launch(KEY);
        books.say(KEY, AttemptState.CANCELLED);
        assertThat(verdict()).isEqualTo(Verdict.OUTLIVED);

        stand(GRACE);

        assertThat(cluster.cancels()).containsExactly(KEY);
        assertThat(looks).isEmpty();
    }

    @Test
    void aJobThatTurnsOutToBeKnownIsLeftAlone() {
        cluster.plant(KEY);
        stand(GRACE.minusSeconds(1));
        books.say(KEY, AttemptState.RUNNING);
        later(Duration.ofMinutes(1));

        keeper.round();

        assertThat(cluster.cancels()).isEmpty();
        assertThat(keeper.newest().disagreements()).isZero();
    }
}
