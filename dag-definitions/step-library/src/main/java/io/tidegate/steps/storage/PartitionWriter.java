package io.tidegate.steps.storage;

import io.tidegate.steps.storage.ContentFingerprint.Content;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes partitions whole. Files go to a folder beside the partition's place, are read back and fingerprinted there, and are moved in by
 * one rename. A process that dies leaves the place as it was.
 */
public final class PartitionWriter {
    private final SparkSession spark;
    private final Storage storage;
    private final String launchKey;

    /**
     * @param launchKey names the temporary folders, so that two attempts never share one
     */
    public PartitionWriter(SparkSession spark, Storage storage, String launchKey) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.storage = Objects.requireNonNull(storage, "storage");
        this.launchKey = Objects.requireNonNull(launchKey, "launchKey");
    }

    /** Writes a partition beside its place, where no reader sees it, over what an earlier try left there. */
    public PreparedPartition prepare(Dataset<Row> frame, String format, String uri) {
        String prepared = Storage.beside(uri, "new", launchKey);
        storage.delete(prepared);
        frame.write().mode(SaveMode.ErrorIfExists).format(format).save(prepared);
        Content content = ContentFingerprint.of(
                spark.read().schema(frame.schema()).format(format).load(prepared));
        long bytes = storage.dataFiles(prepared).stream()
                .mapToLong(Storage.StoredFile::bytes)
                .sum();
        PartitionManifest manifest = new PartitionManifest(content.rows(), bytes, content.fingerprint(), launchKey);
        manifest.writeTo(storage, prepared);
        return new PreparedPartition(spark, storage, new PreparedPartition.Place(prepared, uri, format), manifest);
    }
}
