package io.tidegate.executor;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import java.util.Objects;

/**
 * Which attempt a job is for, for labels, tags and messages.
 *
 * @param owner whom the DAG names as its owner; empty text when it names nobody
 * @param runId the run's identifier as text
 * @param number counts from 1
 */
public record AttemptIdentity(DagId dag, String owner, String runId, StepId step, int number) {
    public AttemptIdentity {
        Objects.requireNonNull(dag, "dag");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(step, "step");
        if (number < 1) {
            throw new IllegalArgumentException("attempts count from 1, not " + number);
        }
    }
}
