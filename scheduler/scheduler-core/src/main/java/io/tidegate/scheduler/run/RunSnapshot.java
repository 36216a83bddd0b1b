package io.tidegate.scheduler.run;

import io.tidegate.dag.step.StepId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Everything the planner needs to know of a run.
 *
 * @param steps one for each step of the DAG version, and one for each item of a step that runs for the items of a list
 * @param attempts the newest attempt of each step that has any
 */
public record RunSnapshot(Run run, Map<StepId, StepRun> steps, Map<StepId, Attempt> attempts) {
    public RunSnapshot {
        Objects.requireNonNull(run, "run");
        steps = Map.copyOf(steps);
        attempts = Map.copyOf(attempts);
    }

    /** @throws IllegalArgumentException when the run has no such step */
    public StepRun step(StepId id) {
        StepRun step = steps.get(id);
        if (step == null) {
            throw new IllegalArgumentException("run " + run.id() + " has no step " + id);
        }
        return step;
    }

    public RunSnapshot withRun(Run next) {
        return new RunSnapshot(next, steps, attempts);
    }

    public RunSnapshot withStep(StepRun next) {
        Map<StepId, StepRun> changed = new HashMap<>(steps);
        changed.put(next.step(), next);
        return new RunSnapshot(run, changed, attempts);
    }

    public RunSnapshot withAttempt(Attempt next) {
        Map<StepId, Attempt> changed = new HashMap<>(attempts);
        changed.put(next.step(), next);
        return new RunSnapshot(run, steps, changed);
    }
}
