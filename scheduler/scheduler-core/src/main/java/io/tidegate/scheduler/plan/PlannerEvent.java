package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.lineage.ModelUse;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.store.CommandStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Something that happened to a run. Events that come late, twice or for an attempt that is over change nothing. */
public sealed interface PlannerEvent {
    /** This node has taken the run over: queued and admitted, going since before a restart, or ended with a command waiting. */
    record Adopted() implements PlannerEvent {}

    /** What a ready step needs was looked up. */
    record StepResolved(StepId step, Resolution resolution) implements PlannerEvent {
        public StepResolved {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(resolution, "resolution");
        }
    }

    /** The executor has the job, and it is being watched. */
    record LaunchAccepted(StepId step, int attempt, ExternalJob job) implements PlannerEvent {
        public LaunchAccepted {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(job, "job");
        }
    }

    /** There is no job and there will be none. */
    record LaunchRejected(StepId step, int attempt, FailureKind kind, String message) implements PlannerEvent {
        public LaunchRejected {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
        }
    }

    /** Nobody knows whether there is a job. */
    record AnswerLost(StepId step, int attempt, String message) implements PlannerEvent {
        public AnswerLost {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(message, "message");
        }
    }

    /** The executor was asked, and there is a job; it may have ended. */
    record JobFound(StepId step, int attempt, ExternalJob job) implements PlannerEvent {
        public JobFound {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(job, "job");
        }
    }

    /** The executor was asked, and no job was ever started for the attempt. */
    record JobNotFound(StepId step, int attempt) implements PlannerEvent {
        public JobNotFound {
            Objects.requireNonNull(step, "step");
        }
    }

    /** The job's program runs; told only where somebody waits for that. */
    record JobRunning(StepId step, int attempt) implements PlannerEvent {
        public JobRunning {
            Objects.requireNonNull(step, "step");
        }
    }

    /** More is known about the job than at its launch. */
    record JobDescribed(StepId step, int attempt, Map<String, String> details) implements PlannerEvent {
        public JobDescribed {
            Objects.requireNonNull(step, "step");
            details = Map.copyOf(details);
        }
    }

    /** The job has ended, and what it left behind was read. */
    record JobEnded(StepId step, int attempt, Observation.Ended ended, Findings findings) implements PlannerEvent {
        public JobEnded {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(ended, "ended");
            Objects.requireNonNull(findings, "findings");
        }
    }

    /**
     * What an attempt left behind.
     *
     * @param uses partitions it read and wrote, as declared and as reported
     * @param models model versions it was given
     */
    record Findings(StepReport report, List<PartitionUse> uses, List<ModelUse> models) {
        public static final Findings NONE = new Findings(StepReport.EMPTY, List.of(), List.of());

        public Findings {
            Objects.requireNonNull(report, "report");
            uses = List.copyOf(uses);
            models = List.copyOf(models);
        }
    }

    /** What the executor's cluster says of the job does not go with what we say: ask the executor. */
    record LookWanted(StepId step, int attempt) implements PlannerEvent {
        public LookWanted {
            Objects.requireNonNull(step, "step");
        }
    }

    /** An instant the planner asked to be woken at has come. */
    record TimerFired(Timer timer) implements PlannerEvent {
        public TimerFired {
            Objects.requireNonNull(timer, "timer");
        }
    }

    /**
     * A person asks for something.
     *
     * @param version graph of the DAG version the command names; absent when it names none, or one that nobody can read any more
     */
    record CommandGiven(CommandStore.Command command, Optional<DagGraph> version) implements PlannerEvent {
        public CommandGiven {
            Objects.requireNonNull(command, "command");
            Objects.requireNonNull(version, "version");
        }
    }
}
