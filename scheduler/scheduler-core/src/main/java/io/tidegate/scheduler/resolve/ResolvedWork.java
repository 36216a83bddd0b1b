package io.tidegate.scheduler.resolve;

import io.tidegate.dag.data.Dataset;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.threshold.ThresholdReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an attempt works on.
 *
 * @param inputs in the order declared
 * @param outputs in the order declared
 * @param champion version to score with or to compare with, for a step with a model
 * @param reading why a refit opens
 * @param values JSON values of earlier steps and of the item by the names that templates have for them, for example {@code outputs.count.rows}
 */
public record ResolvedWork(
        List<Input> inputs,
        List<Output> outputs,
        Optional<ModelVersion> champion,
        Optional<ThresholdReading> reading,
        Map<String, String> values) {
    public ResolvedWork {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(champion, "champion");
        Objects.requireNonNull(reading, "reading");
        values = Map.copyOf(values);
    }

    /** The same work with further values for templates. */
    public ResolvedWork with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(values);
        all.putAll(more);
        return new ResolvedWork(inputs, outputs, champion, reading, all);
    }

    /** Work without values of earlier steps. */
    public ResolvedWork(
            List<Input> inputs,
            List<Output> outputs,
            Optional<ModelVersion> champion,
            Optional<ThresholdReading> reading) {
        this(inputs, outputs, champion, reading, Map.of());
    }

    /**
     * Partitions of one dataset that are read.
     *
     * @param partitions oldest first; intervals before the DAG's start are not among them
     */
    public record Input(Dataset dataset, List<Partition> partitions) {
        public Input {
            Objects.requireNonNull(dataset, "dataset");
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * @param name the interval's partition name; empty text for a dataset that is not partitioned
     * @param offset intervals from the run's own, 0 or negative
     * @param fingerprint identifies the content, when it is known
     */
    public record Partition(String name, String uri, int offset, Optional<String> fingerprint) {
        public Partition {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }

    /**
     * One dataset that is written.
     *
     * @param partition name of the partition; empty text for a dataset that is not partitioned
     */
    public record Output(Dataset dataset, String partition, String uri) {
        public Output {
            Objects.requireNonNull(dataset, "dataset");
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(uri, "uri");
        }
    }
}
