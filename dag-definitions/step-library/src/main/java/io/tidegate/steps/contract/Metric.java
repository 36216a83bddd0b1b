package io.tidegate.steps.contract;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A number a step measured.
 *
 * @param name for example {@code log_loss}
 * @param value finite
 * @param model the model it was measured on, and as what
 * @param dataset the dataset it was measured on
 * @param slice the part of the data it is about; absent means all
 * @param samples rows it rests on
 */
public record Metric(
        String name,
        double value,
        Optional<MeasuredModel> model,
        Optional<String> dataset,
        Optional<Slice> slice,
        OptionalLong samples) {
    public Metric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(slice, "slice");
        Objects.requireNonNull(samples, "samples");
        if (!Double.isFinite(value)) {
            throw new StepFailure("the metric " + name + " is " + value + ", which is no finite number");
        }
    }

    /**
     * @param model name of the model
     * @param role whether it was measured as the champion or as its challenger
     */
    public record MeasuredModel(String model, Role role) {
        public MeasuredModel {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(role, "role");
        }
    }

    /** Which of two compared models was measured. */
    public enum Role {
        CHAMPION,
        CHALLENGER
    }

    /**
     * @param column column the data is sliced by
     * @param value its value in this slice
     */
    public record Slice(String column, String value) {
        public Slice {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(value, "value");
        }
    }

    /** A metric of the step's whole data. */
    public static Metric of(String name, double value) {
        return new Metric(name, value, Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** The same, measured on a model. */
    public Metric onModel(MeasuredModel measured) {
        return new Metric(name, value, Optional.of(measured), dataset, slice, samples);
    }

    /** The same, measured on a dataset. */
    public Metric onDataset(String measured) {
        return new Metric(name, value, model, Optional.of(measured), slice, samples);
    }

    /** The same, for a part of the data. */
    public Metric ofSlice(String column, String sliceValue) {
        return new Metric(name, value, model, dataset, Optional.of(new Slice(column, sliceValue)), samples);
    }

    /** The same, resting on a number of rows. */
    public Metric from(long rows) {
        return new Metric(name, value, model, dataset, slice, OptionalLong.of(rows));
    }
}
