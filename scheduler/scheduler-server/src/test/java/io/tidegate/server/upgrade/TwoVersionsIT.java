package io.tidegate.server.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.home.ServerFile;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Installed;
import io.tidegate.server.testing.RawHttp;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server of the version before works while a new one comes, migrates the database and works beside it, and hands its runs over when it ends. Then
 * the new one is killed, and another one takes over.
 */
@Tag("two-versions")
final class TwoVersionsIT {
    private static final int RUNS = 4;
    private static final int SIGTERM_EXIT = 143;
    private static final Duration TAKE_OVER = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private final List<Process> servers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Process server : servers) {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void everyRunOfARollingUpgradeSucceedsWithEachStepStartedOnce() throws Exception {
        declare();
        String old = VersionBefore.libraries() + "/*";
        String present = Installed.ROOT.resolve("scheduler/scheduler-server/target/tidegate/lib") + "/*";
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"))) {
            Process oldServer = start("old", old, database.jdbcUrl());
            Api before = api("old", oldServer);
            List<String> runs = new ArrayList<>(runs(before));
            runs.forEach(run -> before.awaitStep(run, "work", "running"));

            Process newServer = start("new", present, database.jdbcUrl());
            Api after = api("new", newServer);
            assertThat(newServer.isAlive()).isTrue();

            bothWork(before, after);
            runs.addAll(runs(after));
            runs.forEach(run -> after.awaitStep(run, "work", "running"));
            assertThat(health("old")).as("the old server is well").isEqualTo(200);

            oldServer.destroy();
            assertThat(oldServer.waitFor()).isEqualTo(SIGTERM_EXIT);
            Waiting.until(() -> owned(after, "new") == runs.size());

            Process next = start("next", present, database.jdbcUrl());
            Api last = api("next", next);
            long killed = System.nanoTime();
            newServer.destroyForcibly().waitFor();
            Waiting.until(() -> owned(last, "next") == runs.size());
            Duration takeOver = Duration.ofNanos(System.nanoTime() - killed);
            System.out.println(
                    "TwoVersionsIT: the runs of a killed server were taken over after " + takeOver.toMillis() + " ms");
            assertThat(takeOver).isLessThan(TAKE_OVER);

            Files.createFile(folder.resolve("over"));
            runs.forEach(run -> succeededOnce(last, run));
            assertThat(Files.readString(folder.resolve("old.out"))).doesNotContain("ERROR");
            assertThat(Files.readString(folder.resolve("new.out"))).doesNotContain("ERROR");
        }
    }

    /** Both make runs and finish some, now that the schema is the new one's. */
    private void bothWork(Api before, Api after) {
        String quickOnOld = before.run("quick", "{}");
        String quickOnNew = after.run("quick", "{}");
        assertThat(after.ended(quickOnOld).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(before.ended(quickOnNew).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(health("new")).isEqualTo(200);
        assertThat(states(after)).containsOnly("alive");
    }

    private static void succeededOnce(Api api, String run) {
        assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(api.step(run, "work").path("attempts")).hasSize(1);
        assertThat(api.log(run, "work", 1)).contains("begun");
    }

    private static List<String> runs(Api api) {
        List<String> runs = new ArrayList<>();
        for (int number = 0; number < RUNS; number++) {
            runs.add(api.run("handed", "{\"interval\":\"2001-01-01\"}"));
        }
        return runs;
    }

    private void declare() throws IOException {
        Path dags = Files.createDirectories(folder.resolve("dags"));
        Files.writeString(dags.resolve("handed.dag.yaml"), """
                dag: handed
                defaults: { retries: { lost: 0, platform: 0 } }
                schedule: { every: 1d, zone: UTC, start: 2001-01-01, end: 2001-01-02, overlap: parallel(20) }
                steps:
                  work:
                    kind: task
                    command: [sh, -c, 'echo begun; until [ -e "$0/over" ] || [ ! -d "$0" ]; do sleep 0.1; done', "%s"]
                  after: { kind: task, needs: [work], command: ["true"] }
                """.formatted(folder));
        Files.writeString(dags.resolve("quick.dag.yaml"), """
                dag: quick
                defaults: { retries: { lost: 0, platform: 0 } }
                steps:
                  first: { kind: task, command: ["true"] }
                  second: { kind: task, needs: [first], command: ["true"] }
                """);
    }

    /** The old server's home folder is what the new one shares with it. */
    private Process start(String name, String classPath, String jdbcUrl) throws IOException {
        Path configuration = Files.writeString(
                folder.resolve(name + ".yaml"),
                "execution: { attempts_at_once: 20 }\n"
                        + (name.equals("old") ? "" : "servers: { name: " + name + ", shared: " + home("old") + " }\n"));
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dtidegate.install=" + Installed.ROOT,
                        "-cp",
                        classPath,
                        "io.tidegate.server.cli.Tidegate",
                        "up",
                        "--home",
                        home(name).toString(),
                        "--port",
                        "0",
                        "--config",
                        configuration.toString(),
                        "--database-url",
                        jdbcUrl,
                        "--dags",
                        folder.resolve("dags").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        servers.add(server);
        return server;
    }

    private Path home(String name) {
        return folder.resolve("home-" + name);
    }

    private String address(String name) {
        return ServerFile.read(home(name)).orElseThrow().address();
    }

    private Api api(String name, Process server) {
        Waiting.until(() -> {
            assertThat(server.isAlive())
                    .as(() -> "server " + name + " is up; see " + folder.resolve(name + ".out"))
                    .isTrue();
            return ServerFile.read(home(name)).isPresent();
        });
        Api api = Api.of(address(name));
        Waiting.until(() -> api.get("/dags/handed").status() == 200
                && api.get("/dags/quick").status() == 200);
        return api;
    }

    private int health(String name) {
        RawHttp server = new RawHttp(address(name));
        return server.get("/admin/healthcheck", "Host: 127.0.0.1:" + server.port() + "\r\n")
                .status();
    }

    private static List<String> states(Api api) {
        return api.get("/nodes").body().path("items").findValuesAsText("state");
    }

    private static int owned(Api api, String name) {
        for (JsonNode node : api.get("/nodes").body().path("items")) {
            if (node.path("name").asText().equals(name)) {
                return node.path("runs").asInt();
            }
        }
        return 0;
    }
}
