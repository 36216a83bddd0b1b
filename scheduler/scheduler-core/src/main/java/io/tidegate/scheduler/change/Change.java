package io.tidegate.scheduler.change;

import io.tidegate.dag.DagId;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.lineage.ModelUse;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.pool.Demand;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.StepRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One thing to write. All changes of a {@link RunCommit} are written together or not at all. */
public sealed interface Change {
    /** The run's row becomes this. */
    record RunWritten(Run run) implements Change {
        public RunWritten {
            Objects.requireNonNull(run, "run");
        }
    }

    /** The run's row becomes this, and the run is given back: its owner has nothing left to do. What is committed later under the same fence is stale. */
    record RunReleased(Run run) implements Change {
        public RunReleased {
            Objects.requireNonNull(run, "run");
        }
    }

    /** The step's row becomes this. */
    record StepWritten(StepRun step) implements Change {
        public StepWritten {
            Objects.requireNonNull(step, "step");
        }
    }

    /**
     * The run goes on with another version of its DAG.
     *
     * @param present steps that the version has and the run did not
     * @param former steps that the run has and the version has not; they are kept and count for nothing
     */
    record StepsExchanged(List<StepId> present, List<StepId> former) implements Change {
        public StepsExchanged {
            present = List.copyOf(present);
            former = List.copyOf(former);
        }
    }

    /** The run has one more step: an item of a step that runs for the items of a list. What becomes of it is written besides. */
    record StepAdded(StepRun step) implements Change {
        public StepAdded {
            Objects.requireNonNull(step, "step");
        }
    }

    /** The attempt's row is made or becomes this. A row in a terminal state never changes again. */
    record AttemptWritten(Attempt attempt) implements Change {
        public AttemptWritten {
            Objects.requireNonNull(attempt, "attempt");
        }
    }

    /** The attempt, written with this for the first time, is not launched before it has what it asks for. */
    record PlacesRequested(Attempt attempt, Demand demand) implements Change {
        public PlacesRequested {
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(demand, "demand");
        }
    }

    /**
     * A line of history.
     *
     * @param type what happened, in lower case with underscores, for example {@code step_succeeded}
     * @param detail facts for people and programs, small
     */
    record EventAppended(
            Instant at, Optional<StepId> step, Optional<Integer> attempt, String type, Map<String, String> detail)
            implements Change {
        public EventAppended {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(type, "type");
            detail = Map.copyOf(detail);
        }
    }

    /**
     * What an attempt reported and used is taken in, once: a second time for the same attempt changes nothing. Models of the report are
     * registered as candidates with the next version number.
     *
     * @param models model versions the attempt was given to work with; for a model that is not listed, the roles of the reported metrics
     *     tell: {@code champion} is the champion of that moment, {@code challenger} what the run registered
     * @param codeDigest identifies the program that ran: DAG version and libraries
     */
    record ReportTaken(
            StepId step,
            int attempt,
            StepReport report,
            List<PartitionUse> uses,
            List<ModelUse> models,
            String codeDigest,
            Instant at)
            implements Change {
        public ReportTaken {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(report, "report");
            uses = List.copyOf(uses);
            models = List.copyOf(models);
            Objects.requireNonNull(codeDigest, "codeDigest");
            Objects.requireNonNull(at, "at");
        }

        /** A report of an attempt that was given no model. */
        public ReportTaken(
                StepId step, int attempt, StepReport report, List<PartitionUse> uses, String codeDigest, Instant at) {
            this(step, attempt, report, uses, List.of(), codeDigest, at);
        }
    }

    /**
     * A gate's verdict on a challenger takes effect: champion and challenger change their states, and the champion's row its version. Refused as a
     * {@link CommitOutcome#CONFLICT} when the champion is not the one the verdict compared with.
     */
    record PublicationDecided(ModelName model, StepId step, GateVerdict verdict, Instant at) implements Change {
        public PublicationDecided {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(at, "at");
        }
    }

    /** An alert opens, and its channels are to be told; nothing when one for the same problem is open. */
    record AlertRaised(Alert alert, Instant at) implements Change {
        public AlertRaised {
            Objects.requireNonNull(alert, "alert");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * Open alerts for the problem are resolved. When there was one, {@code channels} are told so.
     *
     * @param channels names of the channels to tell that it is over
     */
    record AlertResolved(DagId dag, String problem, String message, List<String> channels, Instant at)
            implements Change {
        public AlertResolved {
            Objects.requireNonNull(dag, "dag");
            Objects.requireNonNull(problem, "problem");
            Objects.requireNonNull(message, "message");
            channels = List.copyOf(channels);
            Objects.requireNonNull(at, "at");
        }
    }

    /** What an attempt did is to be told to lineage receivers. */
    record LineageAnnounced(StepId step, int attempt, LineageEvent event, Instant at) implements Change {
        public LineageAnnounced {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(at, "at");
        }
    }

    /** Event types of OpenLineage 1, run cycle. */
    enum LineageEvent {
        START,
        COMPLETE,
        FAIL,
        ABORT
    }

    /** A person's command has been carried out and is not to be carried out again. */
    record CommandDone(long commandId) implements Change {}
}
