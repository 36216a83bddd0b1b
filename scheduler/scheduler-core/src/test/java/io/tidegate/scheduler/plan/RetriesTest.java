package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.step.ExitCodes;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failures are tried again, when, and what remains of a failed attempt. */
final class RetriesTest {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static DagGraph dag(int user, int platform, int timeout, int lost) {
        return new DagBuilder("dag")
                .retries(new Retries(user, platform, timeout, lost, FIRST, LONGEST))
                .task("a")
                .build();
    }

    @Test
    void aProgramThatFailsSpendsItsAuthorsRetries() {
        PlannedRun run = PlannedRun.started(dag(1, 0, 0, 0)).work("a").fail("a");
        assertThat(run.state("a")).isEqualTo(StepState.RETRYING);
        assertThat(run.step("a").reason()).isEqualTo("exit code 3; retry 1 of 1 comes next");

        run.later(LONGEST).fire(Timer.Kind.RETRY, "a").work("a").fail("a");
        assertThat(run.state("a")).isEqualTo(StepState.FAILED);
        assertThat(run.step("a").reason()).isEqualTo("exit code 3");
        assertThat(run.step("a").attempts()).isEqualTo(2);
        assertThat(run.step("a").spent()).isEqualTo(Map.of(FailureKind.USER, 2));
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void eachKindOfFailureHasABudgetOfItsOwn(FailureKind kind) {
        DagGraph onlyThis = dag(
                kind == FailureKind.USER ? 1 : 0,
                kind == FailureKind.PLATFORM ? 1 : 0,
                kind == FailureKind.TIMEOUT ? 1 : 0,
                kind == FailureKind.LOST ? 1 : 0);
        for (FailureKind seen : FailureKind.values()) {
            PlannedRun run = PlannedRun.started(onlyThis).work("a").end("a", Observation.Ended.failed(seen, 1, "no"));
            assertThat(run.state("a")).isEqualTo(seen == kind ? StepState.RETRYING : StepState.FAILED);
            assertThat(run.step("a").findings().failure()).contains(seen);
        }
    }

    @Test
    void exitCodesThatAreGivenUpOnAreNotTriedAgain() {
        DagGraph dag = exitCodes(new ExitCodes(Set.of(2, 3), Set.of()));
        PlannedRun given = PlannedRun.started(dag).work("a").fail("a");
        assertThat(given.state("a")).isEqualTo(StepState.FAILED);
        assertThat(given.step("a").reason()).isEqualTo("exit code 3; not tried again after exit code 3");

        PlannedRun other =
                PlannedRun.started(dag).work("a").end("a", Observation.Ended.failed(FailureKind.USER, 1, ""));
        assertThat(other.state("a")).isEqualTo(StepState.RETRYING);
        PlannedRun machine =
                PlannedRun.started(dag).work("a").end("a", Observation.Ended.failed(FailureKind.PLATFORM, 3, ""));
        assertThat(machine.state("a"))
                .as("the machine's fault is not the program's word")
                .isEqualTo(StepState.RETRYING);
    }

    @Test
    void onlyExitCodesThatAreNamedAreTriedAgain() {
        DagGraph dag = exitCodes(new ExitCodes(Set.of(), Set.of(75)));
        assertThat(PlannedRun.started(dag).work("a").fail("a").state("a")).isEqualTo(StepState.FAILED);
        PlannedRun named =
                PlannedRun.started(dag).work("a").end("a", Observation.Ended.failed(FailureKind.USER, 75, ""));
        assertThat(named.state("a")).isEqualTo(StepState.RETRYING);
    }

    private static DagGraph exitCodes(ExitCodes codes) {
        return new DagBuilder("dag")
                .retries(new Retries(1, 1, 0, 0, FIRST, LONGEST, codes))
                .task("a")
                .build();
    }

    @Test
    void aJobThatIsGoneIsLostAndNeverASuccess() {
        PlannedRun run = PlannedRun.started(dag(0, 0, 0, 0)).work("a").end("a", Observation.Ended.lost("gone"));

        assertThat(run.attemptState("a")).isEqualTo(AttemptState.FAILED);
        assertThat(run.attempt("a").outcome().failure()).contains(FailureKind.LOST);
        assertThat(run.state("a")).isEqualTo(StepState.FAILED);
    }

    @Test
    void aRejectedLaunchIsRetriedUnderANewKey() {
        PlannedRun run = PlannedRun.started(dag(0, 1, 0, 0)).resolve("a");
        LaunchKey first = run.attempt("a").key();
        run.reject("a", FailureKind.PLATFORM);
        assertThat(run.state("a")).isEqualTo(StepState.RETRYING);

        run.later(LONGEST).fire(Timer.Kind.RETRY, "a").resolve("a");
        assertThat(run.attempt("a").key()).isNotEqualTo(first);
        assertThat(run.attempt("a").number()).isEqualTo(2);
    }

    @Test
    void aRetryWaitsAtLeastItsBackoffAndTheTimerIsSetForThatInstant() {
        PlannedRun run = PlannedRun.started(dag(1, 0, 0, 0)).work("a").fail("a");
        Effect.WakeAt wake = run.effects(Effect.WakeAt.class).stream()
                .filter(effect -> effect.timer().kind() == Timer.Kind.RETRY)
                .findFirst()
                .orElseThrow();

        assertThat(run.step("a").timing().nextAttemptAt()).contains(wake.at());
        assertThat(wake.at())
                .isBetween(
                        run.now().plus(FIRST),
                        run.now().plus(FIRST.multipliedBy(12).dividedBy(10)));
    }

    @Test
    void backoffDoublesIsSpreadByTheKeyAndNeverExceedsTheLongest() {
        Retries retries = new Retries(9, 0, 0, 0, FIRST, LONGEST);
        LaunchKey key = new LaunchKey("dag-a-1");
        StepRun step = StepRun.waiting(new StepId("a"));
        Duration before = Duration.ZERO;
        for (int failure = 1; failure <= 40; failure++) {
            step = step.withFailure(FailureKind.USER);
            Duration wait = RetryRule.backoff(retries, step, key);
            assertThat(wait).isEqualTo(RetryRule.backoff(retries, step, key));
            assertThat(wait).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(LONGEST);
            before = wait;
        }
        assertThat(before).isEqualTo(LONGEST);
    }

    @Test
    void aRetryTimerThatComesTwiceMakesTheStepReadyOnce() {
        PlannedRun run = PlannedRun.started(dag(1, 0, 0, 0)).work("a").fail("a").later(LONGEST);
        run.fire(Timer.Kind.RETRY, "a").work("a").fire(Timer.Kind.RETRY, "a");

        assertThat(run.effects(Effect.Launch.class)).hasSize(2);
        assertThat(run.state("a")).isEqualTo(StepState.RUNNING);
    }

    @Test
    void whatAFailedAttemptMeasuredCountsAndWhatItMadeDoesNot() {
        StepReport.Metric metric = new StepReport.Metric(
                "rejected_share",
                0.3,
                100,
                new StepReport.Subject(
                        Optional.empty(), Optional.of("m"), Optional.of(ModelRole.CHALLENGER), Optional.empty()));
        StepReport report = new StepReport(
                List.of(metric),
                Map.of(),
                Map.of("rows", "1"),
                List.of(new StepReport.DatasetUse(
                        StepReport.Direction.WRITE,
                        "clean",
                        "",
                        "/x",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                List.of(new StepReport.RegisteredModel("m", "/b", Optional.empty(), Map.of(), Map.of(), List.of())),
                List.of("line 3 is no JSON"));
        PlannedRun run = PlannedRun.started(dag(0, 0, 0, 0)).work("a");
        run.happen(new PlannerEvent.JobEnded(
                new StepId("a"),
                1,
                Observation.Ended.failed(FailureKind.USER, 1, "too many rejected rows"),
                new PlannerEvent.Findings(report, List.of(), List.of())));

        assertThat(run.changes(Change.ReportTaken.class)).singleElement().satisfies(taken -> {
            assertThat(taken.report().metrics()).containsExactly(metric);
            assertThat(taken.report().problems()).containsExactly("line 3 is no JSON");
            assertThat(taken.report().models()).isEmpty();
            assertThat(taken.report().datasets()).isEmpty();
            assertThat(taken.uses()).isEmpty();
        });
        assertThat(run.changes(Change.LineageAnnounced.class))
                .extracting(Change.LineageAnnounced::event)
                .containsExactly(Change.LineageEvent.START, Change.LineageEvent.FAIL);
    }
}
