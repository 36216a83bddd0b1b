package io.tidegate.scheduler.store;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What must be looked up before a step can be launched, skipped or decided. */
public interface ResolutionReads {
    /** The champion of a model. */
    Optional<ModelVersion> champion(ModelName model);

    /** The newest model version a run registered for a model and that no gate has judged yet. */
    Optional<ModelVersion> challenger(ModelName model, RunId run);

    /**
     * A metric of the champion over time, as evaluate steps reported it without a slice: one point per data interval (the newest attempt's),
     * intervals up to and including {@code upTo}, the newest {@code limit}, oldest first.
     */
    List<MetricPoint> history(ModelName model, String metric, Instant upTo, int limit);

    /**
     * @param intervalStart start of the interval of the run that reported it
     */
    record MetricPoint(String partition, Instant intervalStart, double value, long samples) {
        public MetricPoint {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(intervalStart, "intervalStart");
        }
    }

    /** Start of the newest interval before {@code before} in which a version of the model was registered. */
    Optional<Instant> lastTraining(ModelName model, Instant before);

    /** Metrics that a step's newest successful attempt reported. */
    List<StepReport.Metric> metrics(RunId run, StepId step);

    /** JSON values by name that a step's newest successful attempt reported. */
    Map<String, String> outputs(RunId run, StepId step);

    /** JSON values by name that the items of a step reported, the newest successful attempt of each, in the order of the items. */
    List<Map<String, String>> itemOutputs(RunId run, StepId step);

    /** How a step stands in the newest run of an interval of its DAG. */
    Past past(DagId dag, Instant intervalStart, StepId step);

    /**
     * How a step stands in an interval.
     *
     * @param hasEarlierRun whether the DAG has a run for that interval or one before it
     * @param hasRun whether the interval has a run
     * @param step absent when the run has no such step
     */
    record Past(boolean hasEarlierRun, boolean hasRun, Optional<StepState> step) {
        public Past {
            Objects.requireNonNull(step, "step");
        }
    }

    /** What is known of the newest content of partitions of a dataset; partitions never written are left out. */
    List<PartitionUse> partitions(DagId dag, DatasetName dataset, List<String> partitions);
}
