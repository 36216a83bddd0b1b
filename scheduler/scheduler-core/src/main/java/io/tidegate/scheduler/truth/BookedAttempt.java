package io.tidegate.scheduler.truth;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.AttemptState;
import java.util.Objects;

/** An attempt as our own books have it. */
public record BookedAttempt(
        DagId dag, RunId run, StepId step, int number, LaunchKey key, String executor, AttemptState state) {
    public BookedAttempt {
        Objects.requireNonNull(dag, "dag");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(state, "state");
    }
}
