package io.tidegate.steps.storage;

import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.storage.ContentFingerprint.Content;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A partition that is written but not yet in its place. Exactly one of its methods that decide its fate is to be called, once. */
public final class PreparedPartition {
    private final SparkSession spark;
    private final Storage storage;
    private final Place place;
    private final PartitionManifest manifest;

    record Place(String prepared, String uri, String format) {}

    PreparedPartition(SparkSession spark, Storage storage, Place place, PartitionManifest manifest) {
        this.spark = spark;
        this.storage = storage;
        this.place = place;
        this.manifest = manifest;
    }

    /**
     * What became of a partition that was to be landed.
     *
     * @param manifest what is in its place now
     * @param alreadyThere whether the same content had been landed before, so that nothing was changed
     */
    public record Landing(PartitionManifest manifest, boolean alreadyThere) {}

    /** What was written. */
    public PartitionManifest manifest() {
        return manifest;
    }

    /** Throws away what was written. */
    public void discard() {
        storage.delete(place.prepared());
    }

    /** Moves it to its place, instead of what is there. */
    public void replace() {
        storage.replace(place.prepared(), place.uri(), manifest.launchKey());
    }

    /**
     * Moves it to its place for ever. When a partition is there, its content is read and compared.
     *
     * @throws StepFailure when the partition is there with other content, which stays untouched
     */
    public Landing land() {
        String uri = place.uri();
        if (!storage.exists(uri)) {
            storage.moveInto(place.prepared(), uri);
            return new Landing(manifest, false);
        }
        discard();
        Content there =
                ContentFingerprint.of(spark.read().format(place.format()).load(uri));
        if (!there.fingerprint().equals(manifest.fingerprint())) {
            throw new StepFailure("the raw partition " + uri + " has been landed before with other content: there are "
                    + there.rows() + " rows, " + there.fingerprint() + "; now came " + manifest.rows() + " rows, "
                    + manifest.fingerprint() + ". Raw data never changes: find out why the source differs; if the new"
                    + " content is right, remove the partition by hand and run the interval again");
        }
        Optional<PartitionManifest> earlier = PartitionManifest.of(storage, uri);
        return new Landing(earlier.orElse(manifest), true);
    }
}
