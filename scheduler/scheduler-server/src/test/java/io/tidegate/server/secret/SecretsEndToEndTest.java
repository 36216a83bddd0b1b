package io.tidegate.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example with secrets, run by a whole server: their values stay in the environment of the step. */
final class SecretsEndToEndTest {
    private static final Path EXAMPLE = Path.of("../../dag-definitions/examples/language/secrets.dag.yaml");
    private static final Path FOLDER = folder();
    private static final String STAGING = "open-sesame-17";
    private static final String WAREHOUSE = "another&secret";

    @RegisterExtension
    static final TestServer SERVER =
            TestServer.with().configured("secrets: { files: [" + FOLDER + "], environment: [NOT_SET_ANYWHERE] }");

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("tidegate-secrets-");
            Files.writeString(folder.resolve("staging"), STAGING + "\n");
            Files.writeString(folder.resolve("warehouse"), WAREHOUSE);
            return folder;
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static JsonNode run(String parameters) throws IOException {
        SERVER.declare("secrets", Files.readString(EXAMPLE).replace("/run/secrets/tidegate", FOLDER.toString()));
        return SERVER.api().ended(SERVER.api().run("secrets", "{\"parameters\":" + parameters + "}"));
    }

    @Test
    void aSecretIsSeenByItsStepAlone() throws IOException {
        JsonNode run = run("{}");
        assertThat(run.at("/summary/state").asText()).isEqualTo("succeeded");
        String id = run.at("/summary/run").asText();

        String log = SERVER.api().log(id, "load", 1);
        String base64 = Base64.getEncoder().encodeToString(STAGING.getBytes(StandardCharsets.UTF_8));
        assertThat(log)
                .contains("the password is " + "*".repeat(STAGING.length()), "*".repeat(base64.length()))
                .doesNotContain(STAGING, base64.substring(0, 8));
        assertThat(SERVER.api().log(id, "tell", 1)).contains("the key is " + "*".repeat(STAGING.length()));
        assertThat(SERVER.api().step(id, "load").toString())
                .contains("*".repeat(STAGING.length()))
                .doesNotContain(STAGING);
        // The only file that the value is in is the log and the report that the step itself wrote.
        try (Stream<Path> files = Files.walk(SERVER.home().resolve("attempts"))) {
            List<String> holding = files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, STAGING) || holds(file, WAREHOUSE))
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(holding).containsExactlyInAnyOrder("log", "output.jsonl");
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    @Test
    void aMissingSecretFailsItsStepAndSaysWhereToSetIt() throws IOException {
        SERVER.declare("missing-secret", """
                dag: missing-secret
                secrets: { gone: { environment: NOT_SET_ANYWHERE }, forbidden: { environment: HOME } }
                steps:
                  gone: { kind: task, command: [echo], environment: { X: "{{ secrets.gone }}" } }
                  forbidden: { kind: task, command: [echo], environment: { X: "{{ secrets.forbidden }}" } }
                """);
        String id = SERVER.api().run("missing-secret", "{}");
        SERVER.api().ended(id);
        JsonNode gone = SERVER.api().step(id, "gone").at("/attempts/0");
        assertThat(gone.path("failure").asText()).isEqualTo("user");
        assertThat(gone.path("message").asText())
                .isEqualTo("secret gone is missing: the server's environment has no variable NOT_SET_ANYWHERE;"
                        + " set it where the server is started");
        assertThat(SERVER.api().step(id, "forbidden").at("/attempts/0/message").asText())
                .startsWith("secret forbidden is the server's environment variable HOME, which may not be read");
    }
}
