package io.tidegate.steps.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.measure.Scores;
import io.tidegate.steps.storage.Storage;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The version of a model that is in use, for programs that use it:
 *
 * <pre>{@code
 * ChampionBundle champion = ChampionBundle.load(spark, "/home/me/.tidegate/data/models/late-arrival");
 * Dataset<Row> guesses = champion.score(features, "late_probability");
 * }</pre>
 *
 * The model's folder has a pointer, {@value #POINTER}, which the scheduler replaces in one step when a version is published:
 * {@code {"model", "version", "bundle", "fingerprint", "since"}}. Loading follows it and checks every file, so a program never works with
 * half a model. A program that runs for long loads again to notice a new champion; {@link #version()} tells.
 */
public final class ChampionBundle {
    /** File name of the pointer. */
    public static final String POINTER = "champion.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final long version;
    private final ModelBundle bundle;
    private final PipelineModel pipeline;

    private ChampionBundle(long version, ModelBundle bundle, PipelineModel pipeline) {
        this.version = version;
        this.bundle = bundle;
        this.pipeline = pipeline;
    }

    /**
     * Loads the champion.
     *
     * @param target the model's folder, {@code target} in the DAG
     * @throws StepFailure when there is no champion yet, or its bundle is not what the pointer and the manifest say
     */
    public static ChampionBundle load(SparkSession spark, String target) {
        Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
        String pointer = target + "/" + POINTER;
        if (!storage.exists(pointer)) {
            throw new StepFailure("the model at " + target + " has no champion yet: there is no " + POINTER);
        }
        try {
            JsonNode root = JSON.readTree(storage.read(pointer));
            ModelBundle bundle = ModelBundle.open(storage, root.path("bundle").asText());
            String expected = root.path("fingerprint").asText(bundle.fingerprint());
            if (!bundle.fingerprint().equals(expected)) {
                throw new StepFailure("the model bundle " + bundle.uri() + " is " + bundle.fingerprint() + ", but "
                        + pointer + " published " + expected + ": the bundle was changed after its publication");
            }
            return new ChampionBundle(root.path("version").asLong(), bundle, bundle.pipeline());
        } catch (JsonProcessingException e) {
            throw new StepFailure(pointer + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Number of the version. */
    public long version() {
        return version;
    }

    /** What it was made of. */
    public BundleManifest manifest() {
        return bundle.manifest();
    }

    /** Adds the probability of class 1 to rows that have the model's features. */
    public Dataset<Row> score(Dataset<Row> features, String column) {
        return Scores.of(pipeline, features, column);
    }
}
