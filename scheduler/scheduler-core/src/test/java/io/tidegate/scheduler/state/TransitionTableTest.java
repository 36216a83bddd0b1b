package io.tidegate.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TransitionTableTest {
    @Test
    void refusesTwoTargetsForOneEvent() {
        TransitionTable.Builder<RunState, RunEvent> builder =
                TransitionTable.<RunState, RunEvent>named("run").on(RunState.QUEUED, RunEvent.START, RunState.RUNNING);

        assertThatThrownBy(() -> builder.on(RunState.QUEUED, RunEvent.START, RunState.FAILED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run: START in state QUEUED is declared twice");
    }

    @Test
    void refusesAWayOutOfAFinalState() {
        TransitionTable.Builder<RunState, RunEvent> builder =
                TransitionTable.<RunState, RunEvent>named("run").on(RunState.SUCCEEDED, RunEvent.FAIL, RunState.FAILED);

        assertThatThrownBy(() -> builder.build(RunState::isTerminal, event -> event == RunEvent.RERUN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("final state SUCCEEDED cannot be left by FAIL");
    }

    @Test
    void saysWhatCannotHappenWhere() {
        assertThat(Transitions.RUN.allows(RunState.SUCCEEDED, RunEvent.CANCEL)).isFalse();
        assertThat(Transitions.RUN.target(RunState.SUCCEEDED, RunEvent.CANCEL)).isEmpty();
        assertThatThrownBy(() -> Transitions.RUN.next(RunState.SUCCEEDED, RunEvent.CANCEL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("run: CANCEL cannot happen in state SUCCEEDED");
    }

    @Test
    void theResultOfAnAttemptStandsForEver() {
        for (AttemptState state : AttemptState.values()) {
            for (AttemptEvent event : AttemptEvent.values()) {
                if (state.isTerminal()) {
                    assertThat(Transitions.ATTEMPT.allows(state, event))
                            .as("%s in %s", event, state)
                            .isFalse();
                }
            }
        }
    }
}
