package io.tidegate.scheduler.report;

import io.tidegate.dag.model.ModelRole;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one attempt reported. Reading it never fails: lines that could not be understood are listed as problems and cost nothing else.
 *
 * @param outputs name to JSON value as text
 * @param problems what was wrong with single lines, for people, with line numbers
 */
public record StepReport(
        List<Metric> metrics,
        Map<String, String> parameters,
        Map<String, String> outputs,
        List<DatasetUse> datasets,
        List<RegisteredModel> models,
        List<String> problems) {

    public static final StepReport EMPTY =
            new StepReport(List.of(), Map.of(), Map.of(), List.of(), List.of(), List.of());

    public StepReport {
        metrics = List.copyOf(metrics);
        parameters = Map.copyOf(parameters);
        outputs = Map.copyOf(outputs);
        datasets = List.copyOf(datasets);
        models = List.copyOf(models);
        problems = List.copyOf(problems);
    }

    /**
     * A number a step measured; always finite.
     *
     * @param samples rows it rests on, 0 when not said
     * @param subject what it was measured on
     */
    public record Metric(String name, double value, long samples, Subject subject) {
        public Metric {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(subject, "subject");
        }
    }

    /**
     * @param slice the part of the rows it was measured on, absent for all of them
     */
    public record Subject(
            Optional<String> dataset, Optional<String> model, Optional<ModelRole> role, Optional<Slice> slice) {
        public Subject {
            Objects.requireNonNull(dataset, "dataset");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(slice, "slice");
        }
    }

    /** The rows whose column has the value. */
    public record Slice(String column, String value) {
        public Slice {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(value, "value");
        }
    }

    /** Whether a partition was read or written. */
    public enum Direction {
        READ,
        WRITE
    }

    /**
     * A partition that was read or written.
     *
     * @param fingerprint identifies the content, absent when the step did not say
     */
    public record DatasetUse(
            Direction direction,
            String dataset,
            String partition,
            String uri,
            Optional<String> fingerprint,
            Optional<Long> rows,
            Optional<Long> bytes) {
        public DatasetUse {
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(dataset, "dataset");
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(fingerprint, "fingerprint");
            Objects.requireNonNull(rows, "rows");
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /**
     * A model version a step trained.
     *
     * @param bundle where it lies
     * @param metrics its own summary numbers
     * @param trainedOn exactly the partitions it saw
     */
    public record RegisteredModel(
            String model,
            String bundle,
            Optional<String> fingerprint,
            Map<String, String> parameters,
            Map<String, Double> metrics,
            List<DatasetUse> trainedOn) {
        public RegisteredModel {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(bundle, "bundle");
            Objects.requireNonNull(fingerprint, "fingerprint");
            parameters = Map.copyOf(parameters);
            metrics = Map.copyOf(metrics);
            trainedOn = List.copyOf(trainedOn);
        }
    }
}
