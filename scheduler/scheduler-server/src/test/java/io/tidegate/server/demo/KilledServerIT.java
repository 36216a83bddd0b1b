package io.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.home.ServerFile;
import io.tidegate.server.testing.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo on real data, with the server killed by SIGKILL at ten moments that a seed decides, and started again each time. In the end every
 * attempt was launched once and every run succeeded.
 */
final class KilledServerIT {
    private static final int KILLS = 10;
    private static final int INTERVALS = 3;
    private static final long SHORTEST_LIFE_MILLISECONDS = 500;
    private static final int LIFE_SPREAD_MILLISECONDS = 9_000;
    private static final String START_MARK = "tidegate step ";

    @TempDir
    private Path temporary;

    @Test
    void theDemoFinishesWithEachAttemptLaunchedOnce() throws Exception {
        long seed = Long.getLong("tidegate.seed", System.nanoTime());
        System.out.println("KilledServerIT seed " + seed + " (repeat with -Dtidegate.seed=" + seed + ")");
        Random random = new Random(seed);
        Path home = temporary.resolve("home");
        for (int kill = 0; kill < KILLS; kill++) {
            Process server = demo(home, "killed-" + kill);
            awaitUp(home, server);
            boolean ended = server.waitFor(
                    SHORTEST_LIFE_MILLISECONDS + random.nextInt(LIFE_SPREAD_MILLISECONDS), TimeUnit.MILLISECONDS);
            if (ended) {
                break;
            }
            server.destroyForcibly().waitFor();
        }
        Process last = demo(home, "last");
        assertThat(last.waitFor(8, TimeUnit.MINUTES)).as("the demo ends").isTrue();
        assertThat(last.exitValue())
                .as("exit code; seed %s; see %s", seed, temporary)
                .isZero();
        JsonNode summary = new ObjectMapper().readTree(Files.readString(temporary.resolve("last.out")));
        assertThat(summary.path("intervals")).hasSize(INTERVALS);
        for (JsonNode interval : summary.path("intervals")) {
            assertThat(interval.path("state").asText()).isEqualTo("succeeded");
            for (JsonNode step : interval.path("steps")) {
                assertThat(step.path("attempts").asInt())
                        .as("attempts of %s in %s, seed %s", step.path("step"), interval.path("interval"), seed)
                        .isEqualTo(
                                step.path("state").asText().equals("succeeded")
                                                && !step.path("kind").asText().equals("publish")
                                        ? 1
                                        : 0);
            }
        }
        assertThat(summary.path("champion").path("version").asInt()).isPositive();
        everyAttemptStartedOnce(home);
    }

    private static void everyAttemptStartedOnce(Path home) throws IOException {
        try (Stream<Path> attempts = Files.list(home.resolve("attempts"))) {
            for (Path attempt : attempts.filter(Files::isDirectory).toList()) {
                Path log = attempt.resolve("log");
                if (Files.exists(log) && Files.readString(log).contains(START_MARK)) {
                    assertThat(Files.readString(log).lines().filter(line -> line.startsWith(START_MARK)))
                            .as("starts of %s", attempt.getFileName())
                            .hasSize(1);
                }
            }
        }
    }

    private Process demo(Path home, String name) throws IOException {
        return new ProcessBuilder(Installed.command(
                        "demo",
                        "--exit",
                        "--json",
                        "--intervals",
                        String.valueOf(INTERVALS),
                        "--home",
                        home.toString(),
                        "--port",
                        "0"))
                .redirectOutput(temporary.resolve(name + ".out").toFile())
                .redirectError(temporary.resolve(name + ".err").toFile())
                .start();
    }

    /** Waits until this server, and not an earlier one, answers. */
    private static void awaitUp(Path home, Process server) {
        Awaitility.await("the server answers")
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> ServerFile.read(home)
                        .filter(file -> file.processId() == server.pid())
                        .map(file ->
                                new ApiClient(file.address()).get("/server").isObject())
                        .orElse(!server.isAlive()));
    }
}
