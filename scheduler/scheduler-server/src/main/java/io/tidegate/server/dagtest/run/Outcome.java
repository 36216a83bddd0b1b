package io.tidegate.server.dagtest.run;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.RunSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a case's run.
 *
 * @param end the run and its steps when nothing happens any more
 * @param tries attempts by step, in their order; steps without any are left out
 * @param alerts what was raised, in order
 * @param took virtual time
 */
public record Outcome(RunSnapshot end, Map<StepId, List<Try>> tries, List<AlertRule.Event> alerts, Duration took) {
    public Outcome {
        Objects.requireNonNull(end, "end");
        tries = Map.copyOf(tries);
        alerts = List.copyOf(alerts);
        Objects.requireNonNull(took, "took");
    }

    /** Attempts of a step, in their order. */
    public List<Try> tries(StepId step) {
        return tries.getOrDefault(step, List.of());
    }

    /**
     * One attempt.
     *
     * @param attempt as it ended
     * @param work what it was to read and write
     * @param request what its executor would have been asked; absent when it could not be prepared
     */
    public record Try(Attempt attempt, ResolvedWork work, Optional<LaunchRequest> request) {
        public Try {
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(request, "request");
        }
    }
}
