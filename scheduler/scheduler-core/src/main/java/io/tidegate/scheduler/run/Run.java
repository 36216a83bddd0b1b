package io.tidegate.scheduler.run;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.scheduler.state.RunState;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One execution of a DAG version.
 *
 * @param interval the data it is for; absent for a DAG without a schedule
 * @param parameters every declared parameter with its value as text
 */
public record Run(
        RunId id,
        DagVersionId version,
        Trigger trigger,
        Optional<DataInterval> interval,
        Map<String, String> parameters,
        Progress progress) {

    /**
     * @param reason why it stands where it stands, for people; empty text when there is nothing to say
     */
    public record Progress(
            RunState state,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            String reason) {
        public Progress {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(createdAt, "createdAt");
            Objects.requireNonNull(startedAt, "startedAt");
            Objects.requireNonNull(finishedAt, "finishedAt");
            Objects.requireNonNull(reason, "reason");
        }
    }

    public Run {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(interval, "interval");
        parameters = Map.copyOf(parameters);
        Objects.requireNonNull(progress, "progress");
    }

    public RunState state() {
        return progress.state();
    }

    /** The same run of another version of its DAG. */
    public Run withVersion(DagVersionId other, Map<String, String> values) {
        return new Run(id, other, trigger, interval, values, progress);
    }

    public Run withProgress(Progress next) {
        return new Run(id, version, trigger, interval, parameters, next);
    }
}
