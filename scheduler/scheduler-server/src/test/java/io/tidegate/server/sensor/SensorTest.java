package io.tidegate.server.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps that wait for data, in a whole server that lets one attempt work at a time. */
final class SensorTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with().configured("execution: { attempts_at_once: 1 }\n");

    private static void declare(String dag, String sensor) {
        SERVER.declare(dag, """
                dag: %s
                owner: partners
                datasets:
                  feed: { class: raw, format: csv, uri: "{{ home }}/%s/feed" }
                  clean: { class: deterministic, format: csv, uri: "{{ home }}/%s/clean" }
                steps:
                  arrived: { kind: sensor, %s }
                  clean:
                    kind: transform
                    inputs: [feed]
                    outputs: [clean]
                    needs: [arrived]
                    command: [sh, -c, 'cat "$TIDEGATE_INPUT_URI_FEED"/part-* > "$TIDEGATE_OUTPUT_URI_CLEAN"']
                  other: { kind: task, command: [echo, meanwhile] }
                """.formatted(dag, dag, dag, sensor));
    }

    private static Path data(String path) throws IOException {
        Path file = SERVER.home().resolve("data").resolve(path);
        Files.createDirectories(file.getParent());
        return file;
    }

    private static String reason(String run, String step) {
        return SERVER.api().step(run, step).path("step").path("reason").asText();
    }

    @Test
    void aSensorWaitsWithoutAPlaceOverARestartUntilTheDataIsThere() throws Exception {
        declare("feed", "partition: feed, success_file: true, poke: 1s, timeout: 5m");
        String run = SERVER.api().run("feed", "{}");
        SERVER.api().awaitStep(run, "arrived", "running");
        SERVER.api().awaitStep(run, "other", "succeeded");
        Path feed = data("feed/feed/part-0").getParent();
        Waiting.until(() -> reason(run, "arrived").startsWith("waits for " + feed + ": 0 files, 0 bytes"));
        assertThat(SERVER.api().log(run, "arrived", 1)).contains(feed + ": ");

        SERVER.stop();
        SERVER.start();
        Files.writeString(feed.resolve("part-0"), "12345\n");
        Waiting.until(() -> reason(run, "arrived").contains("1 file, 6 bytes")
                && reason(run, "arrived").endsWith("without _SUCCESS; waiting for _SUCCESS"));
        assertThat(SERVER.api().step(run, "clean").path("step").path("state").asText())
                .isEqualTo("waiting");
        Files.writeString(feed.resolve("_SUCCESS"), "");

        JsonNode ended = SERVER.api().ended(run);
        assertThat(ended.path("summary").path("state").asText()).isEqualTo("succeeded");
        assertThat(data("feed/clean")).hasContent("12345\n");
        JsonNode arrived = SERVER.api().step(run, "arrived");
        assertThat(arrived.path("attempts")).hasSize(1);
        assertThat(arrived.path("step").path("reason").asText()).isEmpty();
        assertThat(arrived.path("uses").path(0).path("fingerprint").asText()).startsWith("sha256:");
        assertThat(SERVER.api().log(run, "arrived", 1)).contains(": there, 1 file, 6 bytes");
    }

    @Test
    void aSensorGivesUpAtItsTimeout() {
        declare("late", "path: \"{{ home }}/late/flag\", poke: 1s, timeout: 1s");
        String run = SERVER.api().run("late", "{}");
        SERVER.api().ended(run);
        JsonNode arrived = SERVER.api().step(run, "arrived").path("step");
        assertThat(arrived.path("state").asText()).isEqualTo("failed");
        assertThat(arrived.path("failure").asText()).isEqualToIgnoringCase("timeout");
        assertThat(SERVER.api().log(run, "arrived", 1)).contains("/late/flag: nothing there yet");
    }
}
