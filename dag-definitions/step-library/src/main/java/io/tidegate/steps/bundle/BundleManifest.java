package io.tidegate.steps.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.measure.Histogram;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle says of itself: the file {@value #NAME}.
 *
 * @param model name of the model
 * @param origin who made it
 * @param columns what it reads and what it guesses
 * @param training what it was trained on and with
 * @param metrics what it scored on the held-out slice
 * @param histograms how the features were spread in training, by feature
 * @param files SHA-256 of every other file of the bundle, by path in the bundle
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BundleManifest(
        String model,
        Origin origin,
        Columns columns,
        Training training,
        SortedMap<String, Double> metrics,
        SortedMap<String, Histogram> histograms,
        SortedMap<String, String> files) {
    /** File name of the manifest. */
    public static final String NAME = "manifest.json";

    private static final String FORM = "tidegate-bundle-1";
    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    public BundleManifest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(training, "training");
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        histograms = Collections.unmodifiableSortedMap(new TreeMap<>(histograms));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** The form of the file. */
    @JsonProperty("format")
    public String form() {
        return FORM;
    }

    /**
     * The attempt that made it.
     *
     * @param trainer class that declared how to train
     * @param spark version of Spark that fitted and saved it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Origin(
            String dag, String dagVersion, String runId, String step, String launchKey, String trainer, String spark) {}

    /**
     * @param label column that holds what happened
     * @param time column that says when a row is from
     * @param features columns it guesses from
     * @param identity columns that scores carry along, so that a guess can be joined to what it is about
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Columns(String label, String time, List<String> features, List<String> identity) {
        public Columns {
            features = List.copyOf(features);
            identity = List.copyOf(identity);
        }
    }

    /**
     * @param before rows from this time on were not trained on, ISO-8601 with offset
     * @param rows rows it saw
     * @param positiveShare share of them with label 1
     * @param parameters of the pipeline's stages, as texts
     * @param partitions whose rows it saw
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Training(
            String before,
            long rows,
            double positiveShare,
            SortedMap<String, String> parameters,
            List<TrainedPartition> partitions) {
        public Training {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * @param fingerprint of the partition's content; left out when it is not known
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TrainedPartition(String dataset, String partition, String uri, String fingerprint) {}

    /** The same, with the digests of the bundle's files. */
    BundleManifest withFiles(Map<String, String> digests) {
        return new BundleManifest(model, origin, columns, training, metrics, histograms, new TreeMap<>(digests));
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest always has a JSON form", e);
        }
    }

    static BundleManifest fromJson(String json, String from) {
        try {
            BundleManifest manifest = JSON.readValue(json, BundleManifest.class);
            if (!FORM.equals(JSON.readTree(json).path("format").asText())) {
                throw new StepFailure(
                        from + " is not of the form " + FORM + ": it was written by another version of Tidegate");
            }
            return manifest;
        } catch (JsonProcessingException e) {
            throw new StepFailure(from + " is no manifest of a model bundle: " + e.getOriginalMessage(), e);
        }
    }
}
