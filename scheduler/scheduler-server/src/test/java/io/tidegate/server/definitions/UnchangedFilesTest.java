package io.tidegate.server.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.Secret;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.trigger.DagOutline;
import io.tidegate.scheduler.view.DagViews.FileProblem;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that starts again reads the files that have changed, whatever their times say, and no others. */
final class UnchangedFilesTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));
    private static final DagId PLAIN = new DagId("plain");
    private static final String BUILD = "one";

    /** With everything that an outline holds. */
    private static final String RICH = """
            dag: rich
            title: Rich
            owner: "ann"
            tags: [a, b]
            schedule:
              cron: "0 3 * * MON"
              zone: Europe/Berlin
              start: 2001-01-01
              end: 2002-01-01
              exclude: [2001-12-24..2001-12-26]
              catchup: { mode: all, limit: 100, spread: 30s }
              overlap: parallel(3)
              datasets: [orders.landed, { any: [rates.bank, rates.exchange] }]
            params:
              count: { type: integer, default: 3, min: 1, max: 9, description: how many }
              word: { type: string, default: abc, pattern: "[a-z]+" }
              place: { type: enum, choices: [ord, jfk], default: ord }
            secrets:
              of_variable: { environment: RICH_SECRET }
              of_file: { file: /rich/secret }
              of_cluster: { kubernetes: { secret: rich, key: word } }
            steps:
              second: { kind: task, needs: [first], command: [echo, two] }
              first: { kind: task, command: [echo, one] }
            """;

    @TempDir
    private static Path all;

    private static EmbeddedDatabase database;
    private static PostgresStores stores;

    @TempDir
    private Path folder;

    private final List<String> read = new ArrayList<>();
    private final Map<DagVersionId, DagOutline> known = new HashMap<>();
    private final List<Secret> secrets = new ArrayList<>();
    private List<FileProblem> problems = List.of();

    @BeforeAll
    static void openDatabase() {
        database = EmbeddedDatabase.start(all.resolve("database"));
        stores = PostgresStores.open(StoreSettings.of(database.jdbcUrl()));
    }

    @AfterAll
    static void closeDatabase() {
        stores.close();
        database.close();
    }

    /** With a time that never changes, as that of a file which is written twice within one tick of the clock. */
    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("dags").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    private void writePlain(String word) throws IOException {
        write("plain.dag.yaml", "dag: plain\nsteps: { say: { kind: task, command: [echo, " + word + "] } }\n");
    }

    private DagRegistry start(String build) {
        read.clear();
        known.clear();
        secrets.clear();
        DagListener listener = new DagListener() {
            @Override
            public void read(DagGraph graph) {
                read.add(graph.definition().id().value());
            }

            @Override
            public void known(DagVersionId version, DagOutline outline, List<Secret> declared) {
                known.put(version, outline);
                secrets.addAll(declared);
            }
        };
        EarlierReadings.Origin origin = new EarlierReadings.Origin(build, ParserLimits.DEFAULT, "home");
        DagRegistry registry = new DagRegistry(
                List.of(folder.resolve("dags")),
                new DagRegistry.Parsing(
                        ParserLimits.DEFAULT,
                        dag -> Set.of(),
                        EarlierReadings.in(folder.resolve("readings.json"), Optional.of(origin))),
                folder.resolve("versions"),
                stores.dags(),
                listener,
                new PoolChecks(List::of),
                InstantSource.system());
        registry.scan();
        problems = registry.problems();
        return registry;
    }

    private void start() {
        start(BUILD);
    }

    private static String current(DagId dag) {
        return stores.dags().current(dag).orElseThrow().source();
    }

    @Test
    void filesThatAreAsTheyWereAreNotReadAgain() throws IOException {
        writePlain("one");
        write("rich.dag.yaml", RICH);
        write("often.dag.yaml", """
                dag: often
                schedule: { every: 6h, zone: UTC, start: 2001-01-01, overlap: skip }
                steps: { say: { kind: task, command: [echo, often] } }
                """);
        write("dates.dag.yaml", """
                dag: dates
                schedule: { dates: [2002-09-22, 2005-09-18T18:00], zone: UTC, start: 2002-01-01 }
                steps: { say: { kind: task, command: [echo, seldom] } }
                """);
        start();
        assertThat(problems).isEmpty();
        assertThat(read).containsExactlyInAnyOrder("plain", "rich", "often", "dates");
        Map<DagVersionId, DagOutline> asRead = Map.copyOf(known);
        List<Secret> declared = List.copyOf(secrets);
        assertThat(declared).hasSize(3);

        start();

        assertThat(read).isEmpty();
        assertThat(known).isEqualTo(asRead);
        assertThat(secrets).isEqualTo(declared);
        assertThat(stores.dags().current(PLAIN)).isPresent();
    }

    @Test
    void otherContentIsSeenWhereSizeAndTimeAreTheSame() throws IOException {
        writePlain("one");
        start();
        writePlain("two");

        start();

        assertThat(read).containsExactly("plain");
        assertThat(current(PLAIN)).contains("two");
    }

    @Test
    void aFileBesideTheDagCounts() throws IOException {
        writePlain("one");
        write("data/words.txt", "one");
        start();
        String before = stores.dags().current(PLAIN).orElseThrow().id().hash();
        write("data/words.txt", "two");

        start();

        assertThat(read).containsExactly("plain");
        assertThat(stores.dags().current(PLAIN).orElseThrow().id().hash()).isNotEqualTo(before);
        start();
        assertThat(read).isEmpty();
    }

    @Test
    void whatNoVersionHoldsIsLookedAtEachTime() throws IOException {
        write("build.dag.yaml", """
                dag: build
                datasets:
                  in: { class: raw, format: csv, uri: "/in/{{ interval.partition }}" }
                  out: { class: deterministic, format: csv, uri: "/out/{{ interval.partition }}" }
                schedule: { cron: "@daily", zone: UTC, start: 2001-01-01 }
                steps:
                  part: { kind: cleanse, inputs: [in], outputs: [out], rules: target/rules.yaml }
                """);
        write("target/rules.yaml", "rules: []");
        start();
        assertThat(problems).isEmpty();
        Files.delete(folder.resolve("dags/target/rules.yaml"));

        start();

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("there is no file target/rules.yaml"));
    }

    @Test
    void aFileThatBreaksIsReportedAndOneThatIsGoneIsRemoved() throws IOException {
        writePlain("one");
        write("gone.dag.yaml", "dag: gone\nsteps: { say: { kind: task, command: [echo, gone] } }\n");
        start();
        Files.delete(folder.resolve("dags/gone.dag.yaml"));
        writePlain("[no");

        start();

        assertThat(problems).isNotEmpty();
        assertThat(current(PLAIN)).contains("one");
        assertThat(stores.dags().current(new DagId("gone"))).isEmpty();
        start();
        assertThat(problems).isNotEmpty();
        writePlain("one");
        start();
        assertThat(problems).isEmpty();
    }

    @Test
    void anotherBuildOrADamagedMemoryReadsEverything() throws IOException {
        writePlain("one");
        start();

        start("two");
        assertThat(read).containsExactly("plain");
        start("two");
        assertThat(read).isEmpty();

        String kept = Files.readString(folder.resolve("readings.json"));
        Files.writeString(folder.resolve("readings.json"), kept.substring(0, kept.length() - 5));
        start("two");
        assertThat(read).containsExactly("plain");
    }

    @Test
    void aDagThatTheDatabaseDoesNotHaveSoIsReadAgain() throws IOException {
        writePlain("one");
        start();
        stores.dags().retainOnly(List.of());

        start();

        assertThat(read).containsExactly("plain");
        assertThat(current(PLAIN)).contains("one");
    }

    @Test
    void whatChangedWhileTheServerRanIsNotReadAgainAfterItsEnd() throws IOException {
        writePlain("one");
        try (DagRegistry registry = start(BUILD)) {
            write("plain.dag.yaml", "dag: plain\nsteps: { say: { kind: task, command: [echo, another] } }\n");
            registry.scan();
            assertThat(read).containsExactly("plain", "plain");
        }

        start();

        assertThat(read).isEmpty();
        assertThat(current(PLAIN)).contains("another");
    }
}
