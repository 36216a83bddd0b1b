package io.tidegate.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of what the language can say, each run by a whole server. */
final class LanguageExamplesTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with();

    private static final Path EXAMPLES = Path.of("../../dag-definitions/examples/language");

    private static JsonNode run(String dag, String parameters) throws IOException {
        SERVER.declare(dag, Files.readString(EXAMPLES.resolve(dag + ".dag.yaml")));
        return SERVER.api().ended(SERVER.api().run(dag, "{\"parameters\":" + parameters + "}"));
    }

    /** Each step as {@code name state}, or {@code name state: reason}. */
    private static List<String> steps(JsonNode run) {
        List<String> steps = new ArrayList<>();
        run.path("steps").forEach(step -> {
            String reason = step.path("reason").asText();
            steps.add(step.path("step").asText() + " " + step.path("state").asText()
                    + (reason.isEmpty() ? "" : ": " + reason));
        });
        return steps;
    }

    @Test
    void aWayRoundIsSkippedWhenItIsNotNeeded() throws IOException {
        JsonNode run = run("mirrors", "{}");

        assertThat(run.at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(steps(run))
                .containsExactly(
                        "mirror succeeded",
                        "origin skipped: run_when is all_failed, and mirror succeeded",
                        "load succeeded",
                        "tidy succeeded");
    }

    @Test
    void aWayRoundIsTakenWhenTheUsualOneFails() throws IOException {
        JsonNode run = run("mirrors", "{\"mirror\":\"down\"}");

        assertThat(run.at("/summary/state").asText()).isEqualTo("failed");
        assertThat(steps(run).subList(1, 4)).containsExactly("origin succeeded", "load succeeded", "tidy succeeded");
    }
}
