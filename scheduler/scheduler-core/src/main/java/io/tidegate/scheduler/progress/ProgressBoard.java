package io.tidegate.scheduler.progress;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The newest that is known of each running attempt. In memory alone: whatever is lost is asked again. Safe for use by several threads. */
public final class ProgressBoard {
    private final Map<LaunchKey, JobProgress> known = new ConcurrentHashMap<>();
    private final Map<OfStep, LaunchKey> newest = new ConcurrentHashMap<>();

    private record OfStep(RunId run, StepId step) {}

    /** How far an attempt is; empty when nobody has said. */
    public Optional<JobProgress> of(LaunchKey key) {
        return Optional.ofNullable(known.get(key));
    }

    /** How far the attempt of a step is that runs; empty when nobody has said. */
    public Optional<JobProgress> of(RunId run, StepId step) {
        return Optional.ofNullable(newest.get(new OfStep(run, step))).flatMap(this::of);
    }

    /** Writes it down, and says whether it is new. */
    boolean put(RunningAttempt attempt, JobProgress progress) {
        newest.put(new OfStep(attempt.run(), attempt.step()), attempt.key());
        return !progress.equals(known.put(attempt.key(), progress));
    }

    /** Forgets all others. */
    void keepOnly(Collection<RunningAttempt> attempts) {
        Set<LaunchKey> keys = attempts.stream().map(RunningAttempt::key).collect(Collectors.toSet());
        known.keySet().retainAll(keys);
        newest.values().retainAll(keys);
    }
}
