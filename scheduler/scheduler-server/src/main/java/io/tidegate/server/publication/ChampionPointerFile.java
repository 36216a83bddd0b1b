package io.tidegate.server.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.scheduler.model.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * The one file of a model's folder that says which version is champion. Written whole or not at all: a reader sees the old champion or
 * the new one. The database stays the truth; the file is written again when it disagrees.
 */
public final class ChampionPointerFile {
    /** Its name in the model's folder. */
    public static final String NAME = "champion.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /**
     * @param target the model's folder
     */
    public ChampionPointerFile(Path target) {
        this.file = target.resolve(NAME);
    }

    /** Points to a version, unless the file already does. */
    public void pointTo(ModelVersion champion, Instant since) throws IOException {
        ObjectNode wanted = JSON.createObjectNode()
                .put("model", champion.model().value())
                .put("version", champion.version())
                .put("bundle", champion.bundle())
                .put("fingerprint", champion.fingerprint())
                .put("since", since.toString());
        if (read().filter(wanted::equals).isPresent()) {
            return;
        }
        Files.createDirectories(file.getParent());
        Path temporary = Files.createTempFile(file.getParent(), ".champion", ".json");
        Files.writeString(temporary, wanted.toPrettyString());
        Files.setPosixFilePermissions(temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<JsonNode> read() throws IOException {
        try {
            return Optional.of(JSON.readTree(Files.readString(file)));
        } catch (NoSuchFileException | com.fasterxml.jackson.core.JacksonException absentOrBroken) {
            return Optional.empty();
        }
    }
}
