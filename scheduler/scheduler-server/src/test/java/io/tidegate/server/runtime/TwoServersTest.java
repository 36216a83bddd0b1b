package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidegate.dag.DagId;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.definitions.DagListener;
import io.tidegate.server.definitions.DagRegistry;
import io.tidegate.server.definitions.EarlierReadings;
import io.tidegate.server.definitions.PoolChecks;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database keep one limit, and one leaves its work to the other. */
final class TwoServersTest {
    private static final int RUNS = 8;
    private static final int PLACES = 3;

    private static final Duration SECONDS = Duration.ofSeconds(5);

    @TempDir
    private static Path all;

    private static EmbeddedDatabase database;

    private Path folder;

    @BeforeAll
    static void startDatabase() {
        database = EmbeddedDatabase.start(all.resolve("database"));
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void ownFolder(TestInfo test) throws IOException {
        folder = Files.createDirectory(
                all.resolve(test.getTestMethod().orElseThrow().getName()));
    }

    @Test
    void aPoolHasAsManyPlacesForBothAsForOne() throws Exception {
        declare();
        try (TidegateServer first = server("first");
                TidegateServer second = server("second")) {
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

            // Whoever took them: what waits for places is spread.
            Waiting.until(() -> owned(api, "first") > 0 && owned(api, "second") > 0);

            Files.createFile(folder.resolve("over"));
            for (String run : runs) {
                assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
            }
            assertThat(pool(api).path("used").asInt()).isZero();
        }
    }

    @Test
    void aServerThatEndsLeavesWhatRunsToTheOtherWithinSeconds() throws Exception {
        declareHanded();
        try (TidegateServer first = server("first")) {
            Api leaving = Api.of(first.address());
            Waiting.until(() -> leaving.get("/dags/handed").status() == 200);
            List<String> runs = new ArrayList<>();
            for (int number = 0; number < RUNS; number++) {
                runs.add(leaving.run("handed", "{\"interval\":\"2001-01-01\"}"));
            }
            runs.forEach(run -> leaving.awaitStep(run, "work", "running"));
            try (TidegateServer second = server("second")) {
                Api staying = Api.of(second.address());
                Waiting.until(
                        () -> node(staying, "second").path("state").asText().equals("alive"));
                long begin = System.nanoTime();
                first.close();
                Waiting.until(() -> owned(staying, "second") == RUNS);
                Duration handOver = Duration.ofNanos(System.nanoTime() - begin);
                System.out.println("TwoServersTest: " + RUNS + " runs were with the other server after "
                        + handOver.toMillis() + " ms");
                assertThat(handOver).isLessThan(SECONDS);
                assertThat(node(staying, "first").path("state").asText()).isEqualTo("gone");

                Files.createFile(folder.resolve("over"));
                for (String run : runs) {
                    assertThat(staying.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
                    assertThat(staying.step(run, "work").path("attempts")).hasSize(1);
                    assertThat(staying.log(run, "work", 1)).contains("begun");
                }
            }
        }
    }

    @Test
    void aDagThatComesWhileBothWorkIsScheduledByBoth() throws Exception {
        Files.createDirectories(folder.resolve("dags"));
        try (PostgresStores stores = PostgresStores.open(StoreSettings.of(database.jdbcUrl()))) {
            DagRegistry first = registry(stores);
            DagRegistry second = registry(stores);
            assertThat(first.scan()).isEmpty();
            assertThat(second.scan()).isEmpty();

            declareHanded();
            for (DagRegistry each : List.of(first, second)) {
                assertThat(each.scan()).containsExactly(new DagId("handed"));
                assertThat(each.scan()).isEmpty();
            }
        }
    }

    private DagRegistry registry(PostgresStores stores) {
        return new DagRegistry(
                List.of(folder.resolve("dags")),
                new DagRegistry.Parsing(
                        ParserLimits.DEFAULT,
                        dag -> Set.of(),
                        EarlierReadings.in(folder.resolve("readings"), Optional.empty())),
                folder.resolve("shared"),
                stores.dags(),
                DagListener.NOBODY,
                new PoolChecks(List::of),
                InstantSource.system());
    }

    private void declareHanded() throws IOException {
        Path dag = Files.createDirectories(folder.resolve("dags")).resolve("handed.dag.yaml");
        Files.writeString(dag, """
                dag: handed
                defaults: { retries: { lost: 0, platform: 0 } }
                schedule: { every: 1d, zone: UTC, start: 2001-01-01, end: 2001-01-02, overlap: parallel(20) }
                steps:
                  work:
                    kind: task
                    command: [sh, -c, 'echo begun; until [ -e "$0/over" ] || [ ! -d "$0" ]; do sleep 0.1; done', "%s"]
                  after: { kind: task, needs: [work], command: ["true"] }
                """.formatted(folder));
    }

    private static int owned(Api api, String name) {
        return node(api, name).path("runs").asInt();
    }

    private static JsonNode node(Api api, String name) {
        for (JsonNode node : api.get("/nodes").body().path("items")) {
            if (node.path("name").asText().equals(name)) {
                return node;
            }
        }
        return MissingNode.getInstance();
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

    private TidegateServer server(String name) throws Exception {
        Path configuration = Files.writeString(
                folder.resolve(name + ".yaml"), """
                        pools: { shared: %d }
                        execution: { attempts_at_once: %d }
                        servers: { name: %s, shared: %s }
                        """.formatted(PLACES, RUNS, name, folder.resolve("shared")));
        return TidegateServer.start(
                new ServerSettings(
                        folder.resolve(name),
                        Optional.of(database.jdbcUrl()),
                        0,
                        List.of(folder.resolve("dags")),
                        ConfigurationFile.read(configuration),
                        TestServer.installation()),
                said -> {});
    }

    private long working() {
        return entries(folder.resolve("working"));
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
