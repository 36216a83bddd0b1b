package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pools with a running server: what people see, change and are refused. */
final class PoolsCommandTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with().configured("pools: { declared: 3 }");

    private final Api api = SERVER.api();

    private static Command on(String... arguments) {
        return Command.on(SERVER.home(), Tidegate::run, arguments);
    }

    @AfterEach
    void quiet() {
        api.cancelEverything();
    }

    private static String waiting(String dag, int places) {
        return """
                dag: %s
                schedule: { dates: [2001-01-02, 2001-01-03], zone: UTC, start: 2001-01-01, overlap: parallel(2) }
                steps:
                  train: { kind: task, command: [sleep, "600"], pool: { spark: %d } }
                """.formatted(dag, places);
    }

    @Test
    void whatWaitsSaysForWhatAndBecauseOfWhomAndGoesOnWhenThereIsRoom() {
        assertThat(on("pools", "set", "spark", "2", "--reason", "two machines").code())
                .isZero();
        SERVER.declare("first", waiting("first", 2));
        SERVER.declare("second", waiting("second", 1));
        String first = api.run("first", "{\"interval\":\"2001-01-01\"}");
        Waiting.until(() -> attempt(first).equals("running"));
        String second = api.run("second", "{\"interval\":\"2001-01-01\"}");
        Waiting.until(() -> api.step(second, "train").at("/step").has("waits_for"));

        String reason = "waits for 1 place of pool spark, of which 0 of 2 are free; held by first/train";
        assertThat(api.step(second, "train").at("/step/waits_for").asText()).isEqualTo(reason);
        assertThat(on("show", second).out()).contains(reason);
        assertThat(on("pools").out()).contains("spark", "first", "second", reason, "declared");
        JsonNode pool = pool("spark");
        assertThat(pool.path("used").asInt()).isEqualTo(2);
        assertThat(pool.path("free").asInt()).isZero();
        assertThat(pool.path("waiting").asInt()).isEqualTo(1);
        assertThat(pool.at("/holders/0/run").asText()).isEqualTo(first);

        assertThat(on("pools", "set", "spark", "3").out()).contains("pool spark has 3 places, of which 2 are used");
        Waiting.until(() -> attempt(second).equals("running"));
        assertThat(api.step(second, "train").at("/step").has("waits_for")).isFalse();
        assertThat(on("pools", "history").out()).contains("two machines", "local user", "configuration");
    }

    private String attempt(String run) {
        return api.step(run, "train").at("/attempts/0/state").asText();
    }

    private JsonNode pool(String name) {
        for (JsonNode pool : api.get("/pools").body().path("items")) {
            if (pool.path("pool").asText().equals(name)) {
                return pool;
            }
        }
        throw new AssertionError("there is no pool " + name);
    }

    @Test
    void aStepThatAsksForMoreThanThereIsIsRefusedUntilThereIs() throws IOException {
        on("pools", "set", "small", "1");
        Path file = SERVER.dagFile("greedy");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                dag: greedy
                steps:
                  usual: { kind: task, command: [echo] }
                  large: { kind: task, command: [echo], pool: { small: 2 } }
                """);
        Waiting.until(() -> !api.get("/dags/problems").body().path("items").isEmpty());
        JsonNode problem = api.get("/dags/problems").body().at("/items/0");
        assertThat(problem.path("message").asText())
                .isEqualTo("step large asks for 2 places of pool small, which has 1");
        assertThat(problem.path("line").asInt()).isEqualTo(4);
        assertThat(problem.path("suggestion").asText())
                .isEqualTo("ask for fewer, or make the pool larger: tidegate pools set small 2");

        on("pools", "set", "small", "2");
        Waiting.until(() -> api.get("/dags/greedy").status() == 200);
    }

    @Test
    void whatIsNoPoolIsTold() {
        assertThat(on("pools", "set", "Spark", "2").err()).contains("'Spark' is no name of a pool");
        assertThat(on("pools", "set", "spark", "200000").err()).contains("'places' must be from 0 to 100000");
        assertThat(on("pools", "remove", "nothing").code()).isEqualTo(4);
        on("pools", "set", "brief", "1");
        assertThat(on("pools", "remove", "brief").out()).contains("pool brief is gone");
    }
}
