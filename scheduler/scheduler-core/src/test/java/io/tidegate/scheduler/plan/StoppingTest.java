package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Timeouts and cancellations: requests until the other side confirms, and what is seen first counts. */
final class StoppingTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").build();

    @Test
    void anAttemptThatRunsTooLongIsStoppedAndFailsAsTimeoutOnceItEnds() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").later(TIMEOUT).fire(Timer.Kind.TIMEOUT, "a");
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.STOPPING);
        assertThat(run.state("a")).isEqualTo(StepState.RUNNING);
        assertThat(run.effects(Effect.Cancel.class)).hasSize(1);

        run.fail("a");
        assertThat(run.attempt("a").outcome().failure()).contains(FailureKind.TIMEOUT);
        assertThat(run.step("a").reason()).isEqualTo("ran longer than its timeout of 20m");
        assertThat(run.state("a")).isEqualTo(StepState.FAILED);
    }

    @Test
    void aTimeoutTimerThatFiresEarlyIsSetAgain() {
        PlannedRun run = PlannedRun.started(CHAIN)
                .work("a")
                .later(TIMEOUT.minusSeconds(1))
                .fire(Timer.Kind.TIMEOUT, "a");

        assertThat(run.attemptState("a")).isEqualTo(AttemptState.RUNNING);
        assertThat(run.last().changes()).isEmpty();
        assertThat(run.last().effects())
                .as("a clock that was put back must not make it live for ever")
                .containsExactly(new Effect.WakeAt(
                        run.now().plusSeconds(1),
                        Timer.of(
                                Timer.Kind.TIMEOUT,
                                run.attempt("a").step(),
                                run.attempt("a").number())));
    }

    @Test
    void waitingForAPlaceDoesNotCountAgainstTheTimeout() {
        PlannedRun run = PlannedRun.started(CHAIN)
                .resolve("a")
                .later(TIMEOUT.multipliedBy(3))
                .accept("a");
        run.fire(Timer.Kind.TIMEOUT, "a");

        assertThat(run.attemptState("a")).isEqualTo(AttemptState.RUNNING);
    }

    @Test
    void aSuccessThatIsSeenBeforeTheStopTakesEffectCounts() {
        PlannedRun run = PlannedRun.started(CHAIN)
                .work("a")
                .later(TIMEOUT)
                .fire(Timer.Kind.TIMEOUT, "a")
                .succeed("a");

        assertThat(run.attemptState("a")).isEqualTo(AttemptState.SUCCEEDED);
        assertThat(run.state("b")).isEqualTo(StepState.RESOLVING);
    }

    @Test
    void aJobThatDoesNotEndIsLookedForAndAskedAgain() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").cancel();
        run.later(AttemptFlow.STOP_AGAIN).fire(Timer.Kind.STOP, "a");
        assertThat(run.effects(Effect.Find.class)).hasSize(1);

        run.find("a");
        assertThat(run.effects(Effect.Cancel.class)).hasSize(2);
        assertThat(run.effects(Effect.Watch.class)).hasSize(1);

        run.findNothing("a");
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.CANCELLED);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void cancellingEndsWhatWaitsAtOnceAndTheRunWhenTheLastJobHasEnded() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").cancel();
        assertThat(run.state()).isEqualTo(RunState.CANCELLING);
        assertThat(run.state("a")).isEqualTo(StepState.CANCELLING);
        assertThat(run.state("b")).isEqualTo(StepState.CANCELLED);

        run.fail("a");
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.CANCELLED);
        assertThat(run.state("a")).isEqualTo(StepState.CANCELLED);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.snapshot().run().progress().reason()).isEqualTo("cancelled by ada: because");
        assertThat(run.changes(Change.LineageAnnounced.class))
                .extracting(Change.LineageAnnounced::event)
                .containsExactly(Change.LineageEvent.START, Change.LineageEvent.ABORT);
    }

    @Test
    void aSuccessThatRacesTheCancellationIsASuccessOfTheStepInACancelledRun() {
        PlannedRun run = PlannedRun.started(CHAIN).work("a").cancel().succeed("a");

        assertThat(run.state("a")).isEqualTo(StepState.SUCCEEDED);
        assertThat(run.state("b")).isEqualTo(StepState.CANCELLED);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aCancellationAfterTheEndChangesNothing() {
        PlannedRun run = PlannedRun.started(CHAIN).run("a").run("b").cancel();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.history()).contains("command_refused");
        assertThat(run.changes(Change.CommandDone.class)).hasSize(1);
    }

    @Test
    void aLaunchThatIsAcceptedAfterTheCancellationIsStopped() {
        PlannedRun run = PlannedRun.started(CHAIN).resolve("a").cancel().accept("a");

        assertThat(run.attemptState("a")).isEqualTo(AttemptState.STOPPING);
        Effect.Cancel cancel = run.effects(Effect.Cancel.class).get(1);
        assertThat(cancel.attempt().job()).isPresent();
        assertThat(run.attempt("a").job()).isPresent();
    }

    @Test
    void aLaunchThatIsRejectedOrWithdrawnAfterTheCancellationIsCancelled() {
        PlannedRun rejected = PlannedRun.started(CHAIN).resolve("a").cancel().reject("a", FailureKind.PLATFORM);
        assertThat(rejected.attemptState("a")).isEqualTo(AttemptState.CANCELLED);
        assertThat(rejected.attempt("a").outcome().failure()).isEmpty();

        PlannedRun withdrawn = PlannedRun.started(CHAIN).resolve("a").cancel().findNothing("a");
        assertThat(withdrawn.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aLaunchWithoutAnswerAfterTheCancellationIsLookedFor() {
        PlannedRun run = PlannedRun.started(CHAIN).resolve("a").cancel().loseAnswer("a");
        assertThat(run.effects(Effect.Find.class)).hasSize(1);

        run.find("a").fail("a");
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.CANCELLED);
    }

    @Test
    void aCancellationDuringATimeoutLeavesTheAttemptTimedOutAndTheStepCancelled() {
        PlannedRun run = PlannedRun.started(CHAIN)
                .work("a")
                .later(TIMEOUT)
                .fire(Timer.Kind.TIMEOUT, "a")
                .cancel()
                .fail("a");

        assertThat(run.attempt("a").outcome().failure()).contains(FailureKind.TIMEOUT);
        assertThat(run.state("a")).isEqualTo(StepState.CANCELLED);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aRunThatHasNotStartedIsCancelledAtOnce() {
        PlannedRun run = PlannedRun.queued(CHAIN).cancel();

        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.state("a")).isEqualTo(StepState.CANCELLED);
        assertThat(run.effects()).containsExactly(new Effect.ReleaseRun());
    }
}
