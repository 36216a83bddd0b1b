package io.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.runtime.TidegateServer;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.testing.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few weeks of the real data through real servers, of which ten are killed on the way: every attempt was launched once; what the last one
 * measured, decided, published and can explain; and the dashboard over it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClosedLoopIT {
    private static final int INTERVALS = 3;
    private static final String LAST_INTERVAL = "2001-01-15";
    private static final String START_MARK = "tidegate step ";

    @TempDir
    private static Path temporary;

    private static long seed;
    private static JsonNode summary;
    private static TidegateServer server;
    private static ApiClient client;

    @BeforeAll
    static void replayThreeWeeks() throws Exception {
        seed = Long.getLong("tidegate.seed", System.nanoTime());
        System.out.println("ClosedLoopIT seed " + seed + " (repeat with -Dtidegate.seed=" + seed + ")");
        summary = new KilledDemo(home(), temporary, INTERVALS).replay(seed);
        server = TidegateServer.start(
                new ServerSettings(
                        home(),
                        Optional.empty(),
                        0,
                        List.of(Installed.INSTALLATION.examples()),
                        ConfigurationFile.EMPTY,
                        Installed.INSTALLATION),
                line -> {});
        client = new ApiClient(server.address());
    }

    private static Path home() {
        return temporary.resolve("home");
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
    void everyAttemptWasLaunchedOnce() throws IOException {
        assertThat(summary.path("intervals")).hasSize(INTERVALS);
        for (JsonNode interval : summary.path("intervals")) {
            assertThat(interval.path("state").asText()).isEqualTo("succeeded");
            for (JsonNode step : interval.path("steps")) {
                boolean worked = step.path("state").asText().equals("succeeded")
                        && !step.path("kind").asText().equals("publish");
                assertThat(step.path("attempts").asInt())
                        .as("attempts of %s in %s, seed %s", step.path("step"), interval.path("interval"), seed)
                        .isEqualTo(worked ? 1 : 0);
            }
        }
        assertThat(summary.path("champion").path("version").asInt()).isPositive();
        try (Stream<Path> attempts = Files.list(home().resolve("attempts"))) {
            for (Path attempt : attempts.filter(Files::isDirectory).toList()) {
                assertThat(starts(attempt.resolve("log")))
                        .as("starts of %s, seed %s", attempt.getFileName(), seed)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    @Order(2)
    void noWeekBeganBeforeTheOneThatItBuildsOnHadEnded() {
        String before = "";
        for (String interval : List.of("2001-01-01", "2001-01-08", LAST_INTERVAL)) {
            JsonNode run = newestRun(interval).path("summary");
            assertThat(run.path("started_at").asText()).as(interval).isGreaterThanOrEqualTo(before);
            before = run.path("finished_at").asText();
        }
    }

    private static long starts(Path log) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(START_MARK)).count();
        }
    }

    @Test
    @Order(3)
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
    @Order(4)
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
    @Order(5)
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
    @Order(6)
    void aRawPartitionLeadsDownToTheChampion() {
        JsonNode lineage = client.get("/lineage", Map.of("node", "raw_flights@2001-01-01", "direction", "downstream"));

        assertThat(lineage.path("nodes").findValuesAsText("id")).anyMatch(id -> id.startsWith("model:late-arrival@"));
    }

    @Test
    @Order(7)
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
    @Order(8)
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
