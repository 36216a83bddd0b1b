package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Retries;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run does that is taken over in the middle: it asks before it launches. */
final class RecoveryTest {
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").build();
    private static final DagGraph PATIENT = new DagBuilder("patient")
            .retries(new Retries(1, 1, 0, 0, Duration.ofSeconds(10), Duration.ofMinutes(1)))
            .task("a")
            .build();

    @Test
    void anIntentWithoutAJobIsLaunchedUnderTheSameKey() {
        PlannedRun run = PlannedRun.started(CHAIN).resolve("a");
        LaunchKey key = run.attempt("a").key();
        run.adopt();
        assertThat(run.effects()).containsExactly(new Effect.Find(run.attempt("a")));

        run.findNothing("a");
        assertThat(run.effects(Effect.Launch.class)).singleElement().satisfies(launch -> {
            assertThat(launch.attempt().key()).isEqualTo(key);
            assertThat(launch.work()).isEmpty();
        });
        assertThat(run.last().changes()).isEmpty();
    }

    @Test
    void anIntentWithAJobIsAdoptedAndNotLaunched() {
        PlannedRun run = PlannedRun.started(CHAIN).resolve("a").adopt().find("a");

        assertThat(run.effects(Effect.Launch.class)).isEmpty();
        assertThat(run.effects(Effect.Watch.class)).hasSize(1);
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.RUNNING);

        run.succeed("a");
        assertThat(run.state("b")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void aWorkingJobIsWatchedAgainAndItsTimeoutGoesOn() {
        PlannedRun run =
                PlannedRun.started(CHAIN).work("a").later(Duration.ofMinutes(5)).adopt();
        assertThat(run.effects(Effect.WakeAt.class))
                .containsExactly(new Effect.WakeAt(
                        PlannedRun.START.plus(Duration.ofMinutes(20)),
                        Timer.of(Timer.Kind.TIMEOUT, run.attempt("a").step(), 1)));

        run.find("a");
        assertThat(run.effects(Effect.Watch.class)).hasSize(1);
        assertThat(run.last().changes()).isEmpty();
    }

    @Test
    void aWorkingJobThatIsGoneIsLost() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").adopt().findNothing("a");

        assertThat(run.attempt("a").outcome().failure()).contains(FailureKind.LOST);
        assertThat(run.state("a")).isEqualTo(StepState.FAILED);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aLostAnswerIsAskedForAndNeverLaunchedAgain() {
        PlannedRun run = PlannedRun.started(PATIENT).resolve("a").loseAnswer("a");
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.UNKNOWN);
        run.adopt();
        assertThat(run.effects()).containsExactly(new Effect.Find(run.attempt("a")));

        run.findNothing("a");
        assertThat(run.effects(Effect.Launch.class)).isEmpty();
        assertThat(run.attempt("a").outcome().failure()).contains(FailureKind.PLATFORM);
        assertThat(run.state("a")).isEqualTo(StepState.RETRYING);
    }

    @Test
    void aStopGoesOnAfterTheRestart() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").cancel().adopt();
        assertThat(run.effects(Effect.Find.class)).hasSize(1);

        run.find("a");
        assertThat(run.effects(Effect.Cancel.class)).hasSize(1);
        run.fail("a");
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void lookingUpAndWaitingForARetryGoOn() {
        PlannedRun resolving = PlannedRun.started(CHAIN).adopt();
        assertThat(resolving.effects())
                .containsExactly(new Effect.Resolve(resolving.step("a").step()));

        PlannedRun retrying = PlannedRun.started(PATIENT).work("a").fail("a");
        var due = retrying.step("a").timing().nextAttemptAt().orElseThrow();
        retrying.adopt();
        assertThat(retrying.effects(Effect.WakeAt.class))
                .extracting(Effect.WakeAt::at)
                .containsExactly(due);
    }

    @Test
    void aRetryThatAWrongClockPutFarAwayWaitsNoLongerThanRetriesDo() {
        PlannedRun retrying = PlannedRun.started(PATIENT).work("a").fail("a").later(Duration.ofHours(-1));
        Duration longest =
                PATIENT.step(retrying.step("a").step()).limits().retries().longestBackoff();
        retrying.adopt();
        assertThat(retrying.effects(Effect.WakeAt.class))
                .extracting(Effect.WakeAt::at)
                .containsExactly(retrying.now().plus(longest));
    }

    @Test
    void aFinishedRunWaitsForItsCommandAndIsGivenBackWhenNoneComes() {
        PlannedRun run = PlannedRun.started(CHAIN).run("a").run("b").adopt();
        assertThat(run.effects(Effect.ReleaseRun.class)).isEmpty();

        run.later(RunPlanner.IDLE).happen(new PlannerEvent.TimerFired(Timer.idle()));
        assertThat(run.effects(Effect.ReleaseRun.class)).hasSize(1);
    }

    @Test
    void eventsOfAttemptsThatAreOverChangeNothing() {
        PlannedRun run = PlannedRun.started(CHAIN).run("a");
        RunSnapshot before = run.snapshot();
        run.succeed("a")
                .fail("a")
                .accept("a")
                .find("a")
                .findNothing("a")
                .loseAnswer("a")
                .reject("a", FailureKind.USER);
        run.fire(Timer.Kind.TIMEOUT, "a").fire(Timer.Kind.STOP, "a").fire(Timer.Kind.RETRY, "a");

        assertThat(run.snapshot()).isEqualTo(before);
    }

    @Test
    void anEndThatIsSeenBeforeTheAcceptanceIsHeardAgainThroughTheWatch() {
        PlannedRun run = PlannedRun.started(CHAIN).resolve("a").succeed("a");

        assertThat(run.attemptState("a")).isEqualTo(AttemptState.LAUNCHING);
    }

    @Test
    void aRunThatContradictsItselfIsRefused() {
        PlannedRun run = PlannedRun.started(CHAIN).resolve("a");
        RunSnapshot broken = RunSnapshot.of(run.snapshot().run(), run.snapshot().steps(), Map.of());
        RunPlanner planner = new RunPlanner((graph, of, step) -> java.util.Optional.empty());

        assertThatThrownBy(() -> planner.plan(CHAIN, broken, new PlannerEvent.Adopted(), run.now()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("step a of run")
                .hasMessageContaining("is RUNNING without an attempt");
    }

    @Test
    void whatIsLearntOfAJobLaterIsAddedToWhatWasKnown() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").describe("a", Map.of("application", "application_1_0001"));

        assertThat(run.attempt("a").job().orElseThrow().details()).containsEntry("application", "application_1_0001");
        assertThat(run.last().changes()).hasSize(1);

        run.describe("a", Map.of("application", "application_1_0001"));
        assertThat(run.last().changes()).isEmpty();

        run.succeed("a").describe("a", Map.of("application", "too late"));
        assertThat(run.last().changes()).isEmpty();
    }

    @Test
    void anAttemptWhoseClusterContradictsUsIsLookedForAndLostWhenItIsGone() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").want("a");
        assertThat(run.effects(Effect.Find.class)).containsExactly(new Effect.Find(run.attempt("a")));

        run.findNothing("a");
        assertThat(run.attempt("a").outcome().failure()).contains(FailureKind.LOST);
        assertThat(run.want("a").effects(Effect.Find.class)).hasSize(1);
    }
}
