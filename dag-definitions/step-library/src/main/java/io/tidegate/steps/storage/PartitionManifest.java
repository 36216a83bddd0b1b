package io.tidegate.steps.storage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.steps.contract.StepFailure;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a partition's content without reading it: the file {@value #NAME} in its folder, which Spark passes over.
 *
 * @param rows number of rows
 * @param bytes size of the data files
 * @param fingerprint see {@link ContentFingerprint}
 * @param launchKey the attempt that wrote it
 */
public record PartitionManifest(long rows, long bytes, String fingerprint, String launchKey) {
    /** File name of the manifest. */
    public static final String NAME = "_tidegate.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    public PartitionManifest {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(launchKey, "launchKey");
    }

    /** The manifest of a folder; empty for a folder that somebody else wrote. */
    public static Optional<PartitionManifest> of(Storage storage, String folder) {
        String file = folder + "/" + NAME;
        if (!storage.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(storage.read(file));
            return Optional.of(new PartitionManifest(
                    root.path("rows").asLong(),
                    root.path("bytes").asLong(),
                    root.path("fingerprint").asText(),
                    root.path("launch_key").asText()));
        } catch (JacksonException e) {
            throw new StepFailure(
                    file + " is not JSON: the partition was damaged after it was written, write it again", e);
        }
    }

    void writeTo(Storage storage, String folder) {
        ObjectNode root = JSON.createObjectNode()
                .put("format", "tidegate-partition-1")
                .put("rows", rows)
                .put("bytes", bytes)
                .put("fingerprint", fingerprint)
                .put("launch_key", launchKey);
        storage.write(folder + "/" + NAME, root.toPrettyString() + "\n");
    }
}
