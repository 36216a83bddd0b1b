package io.tidegate.scheduler.run;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.state.AttemptState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One try of a step.
 *
 * @param number counts from 1 within the step, over all reruns
 * @param executor name of the executor
 * @param job the external job, once it is known
 */
public record Attempt(
        StepId step,
        int number,
        LaunchKey key,
        String executor,
        Optional<ExternalJob> job,
        AttemptState state,
        Outcome outcome) {

    /**
     * @param failure why it failed; in state STOPPING, why it is being stopped (TIMEOUT, or absent for a cancellation)
     * @param message one sentence for people; empty text when there is nothing to say
     */
    public record Outcome(
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            OptionalInt exitCode,
            Optional<FailureKind> failure,
            String message) {
        public Outcome {
            Objects.requireNonNull(createdAt, "createdAt");
            Objects.requireNonNull(startedAt, "startedAt");
            Objects.requireNonNull(finishedAt, "finishedAt");
            Objects.requireNonNull(exitCode, "exitCode");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(message, "message");
        }

        public static Outcome created(Instant at) {
            return new Outcome(at, Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), "");
        }

        public Outcome started(Instant at) {
            return new Outcome(createdAt, Optional.of(at), finishedAt, exitCode, failure, message);
        }

        /** Being stopped, and why; no failure for a cancellation. */
        public Outcome stopping(Optional<FailureKind> why, String text) {
            return new Outcome(createdAt, startedAt, finishedAt, exitCode, why, text);
        }

        public Outcome finished(Instant at, OptionalInt code, Optional<FailureKind> why, String text) {
            return new Outcome(createdAt, startedAt, Optional.of(at), code, why, text);
        }
    }

    public Attempt {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** The same attempt in another state. */
    public Attempt in(AttemptState next) {
        return new Attempt(step, number, key, executor, job, next, outcome);
    }

    public Attempt withJob(ExternalJob found) {
        return new Attempt(step, number, key, executor, Optional.of(found), state, outcome);
    }

    public Attempt withOutcome(Outcome next) {
        return new Attempt(step, number, key, executor, job, state, next);
    }
}
