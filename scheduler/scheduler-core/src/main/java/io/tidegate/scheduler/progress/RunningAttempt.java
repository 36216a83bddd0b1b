package io.tidegate.scheduler.progress;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import java.util.Objects;

/** An attempt whose program runs, with what is known of its job. */
public record RunningAttempt(RunId run, StepId step, int number, String executor, ExternalJob job) {
    public RunningAttempt {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(job, "job");
    }

    LaunchKey key() {
        return job.key();
    }

    /** Where one has to ask: what is slow to answer there keeps nobody waiting who is elsewhere. */
    String place() {
        return String.join(
                "/",
                executor,
                job.details().getOrDefault("cluster", ""),
                job.details().getOrDefault("profile", ""),
                job.details().getOrDefault("master", ""));
    }
}
