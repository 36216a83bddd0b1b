package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database keep one limit. */
final class TwoServersTest {
    private static final int RUNS = 8;
    private static final int PLACES = 3;

    @TempDir
    private Path folder;

    @Test
    void aPoolHasAsManyPlacesForBothAsForOne() throws Exception {
        declare();
        EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
        try (database;
                TidegateServer first = server("first", database.jdbcUrl());
                TidegateServer second = server("second", database.jdbcUrl())) {
            List<Api> apis = List.of(Api.of(first.address()), Api.of(second.address()));
            for (Api api : apis) {
                Waiting.until(() -> api.get("/dags/shared").status() == 200);
            }
            List<String> runs = new ArrayList<>();
            for (int number = 0; number < RUNS; number++) {
                runs.add(apis.get(number % 2).run("shared", "{\"interval\":\"2001-01-01\"}"));
            }
            Api api = apis.get(0);
            Waiting.until(() -> working() == PLACES && waiting(api, runs) == RUNS - PLACES);
            assertThat(pool(api).path("used").asInt()).isEqualTo(PLACES);
            assertThat(pool(apis.get(1)).path("waiting").asInt()).isEqualTo(RUNS - PLACES);
            assertThat(working())
                    .as("whoever else might start has had its chance")
                    .isEqualTo(PLACES);

            Files.createFile(folder.resolve("over"));
            for (String run : runs) {
                assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
            }
            assertThat(pool(api).path("used").asInt()).isZero();
            assertThat(attempts("first")).as("both servers worked").isPositive();
            assertThat(attempts("second")).isPositive();
        }
    }

    private void declare() throws IOException {
        Path dag = Files.createDirectories(folder.resolve("dags")).resolve("shared.dag.yaml");
        Files.createDirectories(folder.resolve("working"));
        Files.writeString(dag, """
                dag: shared
                schedule: { every: 1d, zone: UTC, start: 2001-01-01, end: 2001-01-02, overlap: parallel(20) }
                steps:
                  work:
                    kind: task
                    pool: shared
                    command: [sh, -c, 'touch "$0/working/$TIDEGATE_RUN_ID"; until [ -e "$0/over" ] || [ ! -d "$0/working" ]; do sleep 0.1; done', "%s"]
                """.formatted(folder));
    }

    private TidegateServer server(String name, String jdbcUrl) throws Exception {
        Path configuration = Files.writeString(folder.resolve(name + ".yaml"), "pools: { shared: " + PLACES + " }");
        return TidegateServer.start(
                new ServerSettings(
                        folder.resolve(name),
                        Optional.of(jdbcUrl),
                        0,
                        List.of(folder.resolve("dags")),
                        ConfigurationFile.read(configuration),
                        TestServer.installation()),
                said -> {});
    }

    private long working() {
        return entries(folder.resolve("working"));
    }

    private long attempts(String server) {
        return entries(folder.resolve(server).resolve("attempts"));
    }

    private static long entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static long waiting(Api api, List<String> runs) {
        return runs.stream()
                .filter(run -> api.step(run, "work").at("/step").has("waits_for"))
                .count();
    }

    private static JsonNode pool(Api api) {
        return api.get("/pools").body().at("/items/0");
    }
}
