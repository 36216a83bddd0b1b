package io.tidegate.executor.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.executor.process.AttemptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where an attempt was submitted to, kept in its folder, so that a later server asks the same cluster. Attempts on this machine have none.
 *
 * @param profile name of the profile
 * @param master the master's address
 * @param inCluster whether the driver runs in the cluster
 */
record SubmitRecord(String profile, String master, boolean inCluster) {
    private static final String FILE = "submit.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static SubmitRecord of(Destination destination) {
        return new SubmitRecord(destination.profile().name(), destination.master(), destination.inCluster());
    }

    /** Empty when there is none. */
    static Optional<SubmitRecord> read(AttemptFolder folder) throws IOException {
        Path file = folder.path().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode node = JSON.readTree(file.toFile());
        return Optional.of(new SubmitRecord(
                node.path("profile").asText(),
                node.path("master").asText(),
                node.path("inCluster").asBoolean()));
    }

    void write(AttemptFolder folder) throws IOException {
        Path temporary = Files.createTempFile(folder.path(), ".new", "");
        JSON.writeValue(temporary.toFile(), Map.of("profile", profile, "master", master, "inCluster", inCluster));
        Files.move(
                temporary,
                folder.path().resolve(FILE),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** What of it is worth telling with the job. */
    Map<String, String> details() {
        return Map.of("profile", profile, "master", master, "deployMode", inCluster ? "cluster" : "client");
    }
}
