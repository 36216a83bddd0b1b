package io.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.runtime.TidegateServer;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.testing.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A few weeks of the real data through a real server: what it measured, decided, published and can explain; and the dashboard over it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClosedLoopIT {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String LAST_INTERVAL = "2001-01-15";

    @TempDir
    private static Path temporary;

    private static TidegateServer server;
    private static ApiClient client;

    @BeforeAll
    static void replayThreeWeeks() throws Exception {
        server = TidegateServer.start(
                new ServerSettings(
                        temporary.resolve("home"),
                        Optional.empty(),
                        0,
                        List.of(Installed.INSTALLATION.examples()),
                        ConfigurationFile.EMPTY,
                        Installed.INSTALLATION),
                line -> {});
        client = new ApiClient(server.address());
        JsonNode backfill = client.post(
                "/dags/late-arrivals/backfills",
                JsonNodeFactory.instance.objectNode().put("from", "2001-01-01").put("to", LAST_INTERVAL));
        assertThat(backfill.at("/progress/total").asInt()).isEqualTo(3);
        String id = backfill.path("id").asText();
        Awaitility.await("backfill " + id)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(300))
                .until(() ->
                        client.get("/backfills/" + id).path("state").asText().equals("finished"));
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    private static JsonNode run(String id) {
        return client.get("/runs/" + id);
    }

    private static JsonNode newestRun(String interval) {
        for (JsonNode run : client.get("/runs", Map.of("dag", "late-arrivals", "limit", "50"))
                .path("items")) {
            if (run.path("interval").path("partition").asText().equals(interval)) {
                return run(run.path("run").asText());
            }
        }
        throw new IllegalStateException("no run of " + interval);
    }

    private static JsonNode step(JsonNode run, String kind) {
        for (JsonNode step : run.path("steps")) {
            if (step.path("kind").asText().equals(kind)) {
                return step;
            }
        }
        throw new IllegalStateException("no step of kind " + kind);
    }

    @Test
    @Order(1)
    void everyRunSucceededAndTheFirstWeekMadeTheFirstChampion() {
        JsonNode first = newestRun("2001-01-01");

        assertThat(first.path("summary").path("state").asText()).isEqualTo("succeeded");
        assertThat(step(first, "evaluate").path("state").asText()).isEqualTo("skipped");
        assertThat(step(first, "evaluate").path("reason").asText()).contains("no champion yet");
        assertThat(step(first, "refit").path("reading").path("open").asBoolean())
                .isTrue();
        assertThat(step(first, "publish").path("verdict").path("accepted").asBoolean())
                .isTrue();
        for (JsonNode run : client.get("/runs").path("items")) {
            assertThat(run.path("state").asText()).isEqualTo("succeeded");
        }
    }

    @Test
    @Order(2)
    void laterWeeksAreScoredByTheChampionAndTheRefitSaysWhatItRead() {
        JsonNode run = newestRun("2001-01-08");
        JsonNode evaluate =
                client.get("/runs/" + run.path("summary").path("run").asText() + "/steps/"
                        + step(run, "evaluate").path("step").asText());

        assertThat(metric(evaluate, "log_loss")).isBetween(0.3, 0.7);
        assertThat(metric(evaluate, "auc")).isBetween(0.55, 0.8);
        assertThat(step(run, "refit").path("reading").path("explanation").asText())
                .isNotBlank();
        assertThat(step(run, "refit")
                        .path("reading")
                        .path("rules")
                        .path(0)
                        .path("explanation")
                        .asText())
                .isNotBlank();
    }

    private static double metric(JsonNode detail, String name) {
        for (JsonNode metric : detail.path("metrics")) {
            if (metric.path("name").asText().equals(name) && !metric.hasNonNull("slice_column")) {
                return metric.path("value").asDouble();
            }
        }
        throw new IllegalStateException("no metric " + name);
    }

    @Test
    @Order(3)
    void theChampionIsFoundThroughItsPointerAndTracedToRawPartitions() throws IOException {
        JsonNode model = client.get("/models/late-arrival");
        Path target = Path.of(model.path("summary").path("target").asText());
        JsonNode pointer = new ObjectMapper().readTree(Files.readString(target.resolve("champion.json")));
        int champion = model.path("summary").path("champion").asInt();

        assertThat(pointer.path("version").asInt()).isEqualTo(champion);
        assertThat(Path.of(pointer.path("bundle").asText()).resolve("manifest.json"))
                .exists();
        JsonNode lineage =
                client.get("/lineage", Map.of("node", "model:late-arrival@" + champion, "direction", "upstream"));
        assertThat(lineage.path("nodes").findValuesAsText("id"))
                .anyMatch(id -> id.startsWith("dataset:late-arrivals/raw_flights@2001-01"));
        assertThat(lineage.path("nodes").findValuesAsText("data_class")).contains("raw", "deterministic");
    }

    @Test
    @Order(4)
    void aRawPartitionLeadsDownToTheChampion() {
        JsonNode lineage = client.get("/lineage", Map.of("node", "raw_flights@2001-01-01", "direction", "downstream"));

        assertThat(lineage.path("nodes").findValuesAsText("id")).anyMatch(id -> id.startsWith("model:late-arrival@"));
    }

    @Test
    @Order(5)
    void logsAreThereForEveryAttempt() {
        JsonNode run = newestRun(LAST_INTERVAL);
        String id = run.path("summary").path("run").asText();
        for (JsonNode step : run.path("steps")) {
            for (int attempt = 1; attempt <= step.path("attempts").asInt(); attempt++) {
                JsonNode log = client.get(
                        "/runs/" + id + "/steps/" + step.path("step").asText() + "/attempts/" + attempt + "/log");
                assertThat(log.path("ended").asBoolean()).isTrue();
                assertThat(log.path("size").asLong()).isPositive();
            }
        }
    }

    @Test
    @Order(6)
    void theDashboardCanBeWalkedInABrowser() throws Exception {
        Path screenshots = Files.createDirectories(Installed.ROOT.resolve("ui/target/screenshots"));
        ProcessBuilder builder = new ProcessBuilder("npm", "run", "--silent", "test:e2e")
                .directory(Installed.ROOT.resolve("ui").toFile())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("browser.log").toFile());
        builder.environment().put("TIDEGATE_URL", server.address());
        builder.environment().put("SCREENSHOTS", screenshots.toString());
        Process walk = builder.start();
        assertThat(walk.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(walk.exitValue())
                .as(Files.readString(temporary.resolve("browser.log")))
                .isZero();
    }
}
