package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Jobs that wait on their cluster for a start. */
final class StartTimeoutTest {
    private static final Duration TEN = Duration.ofMinutes(10);
    private static final DagGraph DAG = new DagBuilder("flights")
            .retries(new Retries(0, 1, 0, 0, Duration.ofSeconds(10), Duration.ofMinutes(1)))
            .startTimeout(TEN)
            .task("a")
            .build();

    @Test
    void aJobThatIsNotStartedInTimeIsGivenUpAndThePlatformIsToBlame() {
        PlannedRun run = PlannedRun.started(DAG).work("a").later(TEN).fire(Timer.Kind.START, "a");
        assertThat(run.attemptState("a")).isEqualTo(AttemptState.STOPPING);
        assertThat(run.effects(Effect.Cancel.class)).hasSize(1);

        run.fail("a");
        assertThat(run.attempt("a").outcome().failure()).contains(FailureKind.PLATFORM);
        assertThat(run.state("a")).isEqualTo(StepState.RETRYING);
        assertThat(run.step("a").reason())
                .isEqualTo("did not start within its start_timeout of 10m; retry 1 of 1 comes next");
    }

    @Test
    void aJobWhoseProgramRunsHasTheTimeThatItsTimeoutGives() {
        PlannedRun run = PlannedRun.started(DAG).work("a").happen(running()).later(TEN);
        assertThat(run.fire(Timer.Kind.START, "a").attemptState("a")).isEqualTo(AttemptState.RUNNING);
    }

    @Test
    void theNextOwnerKnowsThatTheProgramRuns() {
        PlannedRun run =
                PlannedRun.started(DAG).work("a").happen(running()).adopt().later(TEN);
        assertThat(run.effects(Effect.WakeAt.class))
                .extracting(wake -> wake.timer().kind())
                .contains(Timer.Kind.TIMEOUT)
                .doesNotContain(Timer.Kind.START);
        assertThat(run.fire(Timer.Kind.START, "a").attemptState("a")).isEqualTo(AttemptState.RUNNING);
    }

    @Test
    void withoutAStartTimeoutNobodyIsWokenAndNothingIsWritten() {
        PlannedRun run =
                PlannedRun.started(new DagBuilder("plain").task("a").build()).work("a");
        assertThat(run.happen(running()).last().changes()).isEmpty();
        assertThat(run.effects(Effect.WakeAt.class))
                .extracting(wake -> wake.timer().kind())
                .containsExactly(Timer.Kind.TIMEOUT);
    }

    private static PlannerEvent running() {
        return new PlannerEvent.JobRunning(new StepId("a"), 1);
    }
}
