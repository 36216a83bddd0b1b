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
import org.awaitility.Awaitility;

/** The demo on real data, with the server killed by SIGKILL at moments that a seed decides, and started again each time until the demo has ended. */
final class KilledDemo {
    private static final int KILLS = 10;
    private static final long SHORTEST_LIFE_MILLISECONDS = 500;
    private static final int LIFE_SPREAD_MILLISECONDS = 9_000;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Path home;
    private final Path logs;
    private final int intervals;

    /**
     * @param home home folder of all the servers
     * @param logs where their words go
     * @param intervals how many weeks are replayed
     */
    KilledDemo(Path home, Path logs, int intervals) {
        this.home = home;
        this.logs = logs;
        this.intervals = intervals;
    }

    /** Runs it to its end, and gives the summary that the last server printed. */
    JsonNode replay(long seed) throws Exception {
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process server = start("killed-" + kill);
            awaitUp(server);
            boolean ended = server.waitFor(
                    SHORTEST_LIFE_MILLISECONDS + random.nextInt(LIFE_SPREAD_MILLISECONDS), TimeUnit.MILLISECONDS);
            if (ended) {
                break;
            }
            server.destroyForcibly().waitFor();
        }
        Process last = start("last");
        assertThat(last.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("the demo ends")
                .isTrue();
        assertThat(last.exitValue())
                .as(() -> "exit code of the demo, which said: " + read("last.err"))
                .isZero();
        return new ObjectMapper().readTree(read("last.out"));
    }

    private String read(String name) {
        try {
            return Files.readString(logs.resolve(name));
        } catch (IOException e) {
            return "nothing that can be read: " + e.getMessage();
        }
    }

    private Process start(String name) throws IOException {
        return new ProcessBuilder(Installed.command(
                        "demo",
                        "--exit",
                        "--json",
                        "--intervals",
                        String.valueOf(intervals),
                        "--home",
                        home.toString(),
                        "--port",
                        "0"))
                .redirectOutput(logs.resolve(name + ".out").toFile())
                .redirectError(logs.resolve(name + ".err").toFile())
                .start();
    }

    /** Waits until this server, and not an earlier one, answers. */
    private void awaitUp(Process server) {
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
