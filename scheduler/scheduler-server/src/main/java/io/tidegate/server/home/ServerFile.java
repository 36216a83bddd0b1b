package io.tidegate.server.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The note a running server leaves in its home folder so that clients find it.
 *
 * @param address base address, for example {@code http://127.0.0.1:8080}
 */
public record ServerFile(String address, long processId) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "server.json";

    /** What the last server wrote; it may have died since. */
    public static Optional<ServerFile> read(Path home) {
        try {
            JsonNode node = JSON.readTree(Files.readString(home.resolve(NAME)));
            return Optional.of(new ServerFile(
                    node.path("address").asText(), node.path("process_id").asLong()));
        } catch (IOException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    /** Leaves the note, replacing an older one at once. */
    public void write(Path home) throws IOException {
        Path temporary = home.resolve(NAME + ".new");
        Files.writeString(
                temporary,
                JSON.createObjectNode()
                        .put("address", address)
                        .put("process_id", processId)
                        .toPrettyString());
        Files.move(temporary, home.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the note. */
    public static void remove(Path home) throws IOException {
        Files.deleteIfExists(home.resolve(NAME));
    }
}
