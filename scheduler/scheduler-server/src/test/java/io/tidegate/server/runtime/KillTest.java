package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.home.ServerFile;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed takes nothing with it: the next one on the same home folder goes on where it was. */
final class KillTest {
    @TempDir
    private Path folder;

    private Process server;

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Api start() throws IOException {
        Files.deleteIfExists(home().resolve("server.json"));
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dtidegate.install=" + TestServer.installation().root(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.tidegate.server.cli.Tidegate",
                        "up",
                        "--home",
                        home().toString(),
                        "--port",
                        "0",
                        "--dags",
                        folder.resolve("dags").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.out").toFile())
                .start();
        Waiting.until(() -> {
            assertThat(server.isAlive())
                    .as(Files.readString(folder.resolve("server.out")))
                    .isTrue();
            return ServerFile.read(home()).isPresent();
        });
        return Api.of(ServerFile.read(home()).orElseThrow().address());
    }

    private void kill() throws Exception {
        server.destroyForcibly().waitFor();
        assertThat(server.exitValue()).isEqualTo(137);
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        String number = Files.readAllLines(home().resolve("postgres/data/postmaster.pid"))
                .get(0)
                .strip();
        return ProcessHandle.of(Long.parseLong(number)).filter(ProcessHandle::isAlive);
    }

    private void declare() throws IOException {
        Path dag = Files.createDirectories(folder.resolve("dags/slow"));
        Files.writeString(dag.resolve("slow.sh"), """
                echo "$1 starts" >> "$STARTS"
                echo "$1 works"
                while [ ! -e "$GO.$1" ]; do sleep 0.05; done
                printf '{"type":"metric","name":"%s","value":1}\\n' "$1" >> "$TIDEGATE_OUTPUT"
                echo "$1 ends"
                exit "$2"
                """);
        Files.writeString(dag.resolve("slow.dag.yaml"), """
                dag: slow
                defaults: { retries: { lost: 0, platform: 0 } }
                steps:
                  stays: { kind: task, command: [sh, slow.sh, stays, "0"], environment: ENVIRONMENT }
                  ends: { kind: task, command: [sh, slow.sh, ends, "0"], environment: ENVIRONMENT }
                  fails: { kind: task, command: [sh, slow.sh, fails, "7"], environment: ENVIRONMENT }
                  after: { kind: task, needs: [stays, ends], command: [sh, slow.sh, after, "0"], environment: ENVIRONMENT }
                """.replace(
                        "ENVIRONMENT", "{ STARTS: \"{{ home }}/starts\", GO: \"{{ home }}/go\" }"));
    }

    private void go(String step) throws IOException {
        Files.writeString(home().resolve("data").resolve("go." + step), "");
    }

    @Test
    void stepsGoOnAreAdoptedAndNeverStartedTwice() throws Exception {
        declare();
        Api before = start();
        String run = before.run("slow", "{}");
        for (String step : List.of("stays", "ends", "fails")) {
            before.awaitStep(run, step, "running");
        }
        ProcessHandle oldPostgres = postmaster().orElseThrow();

        kill();
        assertThat(postmaster())
                .as("the database outlives the server that started it")
                .isPresent();
        go("ends");
        go("fails");
        go("after");
        Path attempts = home().resolve("attempts");
        Waiting.until(() -> exits(attempts) >= 2);

        Api after = start();
        Waiting.until(() -> !oldPostgres.isAlive());
        after.awaitStep(run, "ends", "succeeded");
        after.awaitStep(run, "fails", "failed");
        assertThat(after.step(run, "fails").at("/attempts/0/exit_code").asInt()).isEqualTo(7);
        assertThat(after.step(run, "stays").at("/step/state").asText()).isEqualTo("running");
        go("stays");
        JsonNode detail = after.ended(run);

        assertThat(after.step(run, "stays").at("/step/state").asText()).isEqualTo("succeeded");
        assertThat(after.step(run, "after").at("/step/state").asText()).isEqualTo("succeeded");
        assertThat(detail.at("/summary/state").asText()).isEqualTo("failed");
        assertThat(Files.readAllLines(home().resolve("data/starts")))
                .containsExactlyInAnyOrder("stays starts", "ends starts", "fails starts", "after starts");
        for (String step : List.of("stays", "ends", "fails", "after")) {
            assertThat(after.step(run, step).path("attempts")).as(step).hasSize(1);
            assertThat(after.log(run, step, 1)).isEqualTo(step + " works\n" + step + " ends\n");
            assertThat(after.step(run, step).path("metrics")).as(step).hasSize(1);
        }
    }

    @Test
    void aRunThatAStepWaitsForIsFoundAgainAndNotStartedTwice() throws Exception {
        declare();
        Path dag = Files.createDirectories(folder.resolve("dags/outer"));
        Files.writeString(dag.resolve("outer.dag.yaml"), "dag: outer\nsteps: { inner: { kind: dag, dag: slow } }\n");
        Api before = start();
        String run = before.run("outer", "{}");
        String inner = before.externalId(run, "inner");
        before.awaitStep(inner, "stays", "running");

        kill();
        for (String step : List.of("stays", "ends", "fails", "after")) {
            go(step);
        }
        Api after = start();
        after.ended(run);

        assertThat(after.get("/runs?dag=slow").body().path("items").findValuesAsText("run"))
                .containsExactly(inner);
        assertThat(after.step(run, "inner").path("attempts")).hasSize(1);
        assertThat(after.step(run, "inner").at("/attempts/0/message").asText())
                .isEqualTo("run " + inner + " of DAG slow failed: step fails failed");
    }

    @Test
    void aBackfillGoesOnWithTheNextServerAndRunsNoIntervalTwice() throws Exception {
        Path dag = Files.createDirectories(folder.resolve("dags/many"));
        Files.writeString(dag.resolve("many.dag.yaml"), """
                dag: many
                schedule: { cron: "0 0 * * *", zone: UTC, start: 2001-01-01, end: 2001-02-01, catchup: none, overlap: queue }
                steps:
                  work:
                    kind: task
                    command: [sh, -c, 'echo {{ interval.start.date }} >> {{ home }}/days; sleep 0.1']
                """);
        Api before = start();
        String id = before.post(
                        "/dags/many/backfills", "{\"from\":\"2001-01-01\",\"to\":\"2001-01-31\",\"parallel\":3}")
                .body()
                .path("id")
                .asText();
        for (int round = 1; round <= 3; round++) {
            int enough = round * 6;
            Api now = Api.of(ServerFile.read(home()).orElseThrow().address());
            Waiting.until(() ->
                    now.get("/backfills/" + id).body().at("/progress/succeeded").asInt() >= enough);
            kill();
            start();
        }
        Api after = Api.of(ServerFile.read(home()).orElseThrow().address());
        Waiting.until(() ->
                after.get("/backfills/" + id).body().path("state").asText().equals("finished"));

        assertThat(after.get("/backfills/" + id)
                        .body()
                        .at("/progress/succeeded")
                        .asInt())
                .isEqualTo(31);
        assertThat(Files.readAllLines(home().resolve("data/days"))).hasSize(31).doesNotHaveDuplicates();
        assertThat(after.get("/runs?dag=many&limit=500").body().path("items")).hasSize(31);
    }

    @Test
    void aServerThatIsAskedToEndLeavesNothingBehind() throws Exception {
        declare();
        start();
        ProcessHandle postgres = postmaster().orElseThrow();

        server.destroy();
        assertThat(server.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();

        Waiting.until(() -> !postgres.isAlive());
        assertThat(home().resolve("server.json")).doesNotExist();
    }

    private static long exits(Path attempts) throws IOException {
        try (Stream<Path> paths = Files.walk(attempts)) {
            return paths.filter(path -> path.getFileName().toString().startsWith("exit"))
                    .count();
        }
    }
}
