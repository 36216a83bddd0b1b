package io.tidegate.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Receiver;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A problem is told once, with what is needed to act on it, and its end is told too. */
final class AlertsTest {
    private static final Receiver HOOK = Receiver.started();

    @RegisterExtension
    static final TestServer SERVER =
            TestServer.with().configured("channels:\n  hook: { type: webhook, url: \"" + HOOK.address() + "\" }\n");

    private final Api api = SERVER.api();

    @AfterAll
    static void stop() throws Exception {
        HOOK.close();
    }

    private static List<JsonNode> told(String dag) {
        return HOOK.received().stream()
                .filter(alert -> alert.path("dag").asText().equals(dag))
                .toList();
    }

    private List<JsonNode> open(String dag) {
        return api.get("/alerts?open=true").body().path("items").findParents("event").stream()
                .filter(item -> item.path("dag").asText().equals(dag))
                .toList();
    }

    private void mend(String name) throws IOException {
        Files.writeString(Files.createDirectories(SERVER.home().resolve("data")).resolve(name), "");
    }

    private String breakTheWatched() {
        SERVER.declare("watched", """
                dag: watched
                datasets:
                  result: { class: deterministic, format: csv, uri: "{{ home }}/watched" }
                steps:
                  breaks:
                    kind: task
                    outputs: [result]
                    command: [sh, -c, 'test -e "$1" || { echo "ERROR: no $1"; exit 1; }', sh, "{{ home }}/mended"]
                  report: { kind: task, inputs: [result], command: [echo, fine] }
                alerts:
                  - { on: [step_failed, recovered], to: [hook] }
                """);
        String run = api.run("watched", "{}");
        api.ended(run);
        Waiting.until(() -> !told("watched").isEmpty());
        return run;
    }

    @Test
    void aProblemIsToldOnceAndItsEndAfterTheRerun() throws IOException {
        String run = breakTheWatched();

        JsonNode alert = told("watched").get(0);
        assertThat(alert.path("action").asText()).isEqualTo("raised");
        assertThat(alert.path("event").asText()).isEqualTo("step_failed");
        assertThat(alert.path("step").asText()).isEqualTo("breaks");
        assertThat(alert.path("log_excerpt").asText()).contains("ERROR: no ").contains("mended");
        assertThat(alert.path("affected"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("step report", "dataset result");
        assertThat(alert.at("/links/run").asText()).isEqualTo(SERVER.address() + "/runs/" + run);
        assertThat(alert.path("rerun").asText()).contains("tidegate rerun");

        api.post("/runs/" + run + "/rerun", "{\"from\":\"failed\"}");
        Waiting.until(() -> api.step(run, "breaks").at("/step/attempts").asInt() == 2);
        api.ended(run);
        assertThat(open("watched"))
                .extracting(item -> item.path("event").asText())
                .containsOnlyOnce("step_failed");

        mend("mended");
        api.post("/runs/" + run + "/rerun", "{\"from\":\"failed\"}");
        Waiting.until(() -> api.state(run).equals("succeeded"));
        Waiting.until(() -> told("watched").size() == 2);

        assertThat(told("watched"))
                .extracting(message -> message.path("event").asText() + " "
                        + message.path("action").asText())
                .containsExactly("step_failed raised", "run_failed resolved");
        assertThat(open("watched")).isEmpty();
        Waiting.until(() -> deliveries("watched").contains("hook (resolved): delivered"));
        assertThat(deliveries("watched")).contains("hook: delivered", "log: delivered");
    }

    private List<String> deliveries(String dag) {
        return api.get("/alerts").body().path("items").findParents("event").stream()
                .filter(item -> item.path("dag").asText().equals(dag))
                .filter(item -> item.path("state").asText().equals("resolved"))
                .flatMap(item -> StreamSupport.stream(item.path("deliveries").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void anAlertClosedByHandIsToldToo() {
        SERVER.declare("closed", """
                dag: closed
                steps:
                  breaks: { kind: task, command: [sh, -c, "echo plain words; exit 1"] }
                alerts:
                  - { on: [step_failed], to: [hook] }
                """);
        api.ended(api.run("closed", "{}"));
        Waiting.until(() -> told("closed").size() == 1);
        JsonNode alert = open("closed").stream()
                .filter(item -> item.path("event").asText().equals("step_failed"))
                .findFirst()
                .orElseThrow();
        assertThat(alert.path("log_excerpt").asText()).isEqualTo("plain words");

        Api.Answer closed = api.post("/alerts/" + alert.path("id").asLong() + "/resolve", "{\"reason\":\"known\"}");

        assertThat(closed.body().path("state").asText()).isEqualTo("resolved");
        Waiting.until(() -> told("closed").size() == 2);
        assertThat(told("closed").get(1).path("action").asText()).isEqualTo("resolved");
    }

    @Test
    void theServersLogKnowsToo() {
        SERVER.declare("logged", "dag: logged\nsteps:\n  breaks: { kind: task, command: [\"false\"] }\n");
        api.ended(api.run("logged", "{}"));
        Path log = SERVER.home().resolve("logs/server.log");
        Waiting.until(() -> Files.readString(log).contains("logged: step breaks failed"));
        assertThat(open("logged")).isNotEmpty();
        assertThat(told("logged")).isEmpty();
    }
}
