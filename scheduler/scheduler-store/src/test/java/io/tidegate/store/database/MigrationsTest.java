package io.tidegate.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.executor.InstallationId;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import io.tidegate.store.fixture.PostgresExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database is brought to this build's schema, or left alone. */
final class MigrationsTest {
    /** What takes something away, or asks for something that a server of the version before does not write. */
    private static final Pattern BREAKING = Pattern.compile("\\bDROP (COLUMN|TABLE|VIEW|FUNCTION)\\b|\\bRENAME\\b"
            + "|\\bALTER COLUMN \\w+ (SET DATA )?TYPE\\b|\\bSET NOT NULL\\b"
            + "|\\bADD COLUMN (?![^,;]*\\bDEFAULT\\b)[^,;]*\\bNOT NULL\\b");

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    /** A later schema; what it changed a server of this build never looks at. */
    private static long migratedByANewerOne() {
        long known = POSTGRES.count(
                "SELECT max(CAST(version AS integer)) FROM flyway_schema_history WHERE version <> '999'");
        POSTGRES.execute("DELETE FROM flyway_schema_history WHERE version = '999'");
        POSTGRES.execute(
                "INSERT INTO flyway_schema_history SELECT installed_rank + 100, '999', 'from the future', type,"
                        + " 'V999__future.sql', 1, installed_by, installed_on, 1, true FROM flyway_schema_history WHERE version = '1'");
        return known;
    }

    @Test
    void aDatabaseOfANewerTidegateThatThisOneCannotWorkWithIsLeftAlone() {
        long known = migratedByANewerOne();
        POSTGRES.execute("UPDATE installation SET oldest_schema = " + (known + 1));
        assertThatThrownBy(() -> PostgresStores.open(StoreSettings.of(POSTGRES.jdbcUrl())))
                .isInstanceOf(NewerSchemaException.class)
                .hasMessage("database was made by a newer Tidegate (schema 999, this one knows " + known
                        + "); use that version or another --database-url");
    }

    @Test
    void aDatabaseOfANewerTidegateThatAllowsThisOneIsUsedAsItIs() {
        long known = migratedByANewerOne();
        POSTGRES.execute("UPDATE installation SET oldest_schema = " + known);
        try (PostgresStores stores = PostgresStores.open(StoreSettings.of(POSTGRES.jdbcUrl()))) {
            assertThat(stores.answers()).isTrue();
        }
        assertThat(POSTGRES.count("SELECT count(*) FROM flyway_schema_history WHERE version = '999'"))
                .isEqualTo(1);
    }

    /** Rules: README.md of this module. The first release is made with schema 18. */
    @Test
    void noMigrationTakesAwayWhatAServerOfTheVersionBeforeNeeds() throws Exception {
        Path folder = Path.of("src/main/resources/io/tidegate/store/migration");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> later = files.filter(file -> number(file) > 18).toList();
            assertThat(later).isNotEmpty();
            assertThat(later).allSatisfy(file -> {
                String statements =
                        Files.readString(file).replaceAll("(?m)--.*$", "").toUpperCase(Locale.ROOT);
                assertThat(BREAKING.matcher(statements).find() && !statements.contains("SET OLDEST_SCHEMA ="))
                        .as("%s breaks servers of the version before: do it in two steps", file.getFileName())
                        .isFalse();
            });
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*$", "$1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE RUN DROP COLUMN REASON",
                "DROP TABLE POOL",
                "ALTER TABLE RUN RENAME COLUMN REASON TO WHY",
                "ALTER TABLE RUN ALTER COLUMN REASON TYPE JSONB",
                "ALTER TABLE RUN ALTER COLUMN ACTOR SET NOT NULL",
                "ALTER TABLE RUN ADD COLUMN COLOUR TEXT NOT NULL;"
            })
    void whatBreaksAServerOfTheVersionBeforeIsKnown(String statement) {
        assertThat(BREAKING.matcher(statement).find()).isTrue();
        assertThat(BREAKING.matcher(
                                "ALTER TABLE RUN ADD COLUMN COLOUR TEXT NOT NULL DEFAULT '', ADD COLUMN SIZE INTEGER")
                        .find())
                .isFalse();
    }

    @Test
    void serversOfOneDatabaseAreOneInstallationAndThoseOfAnotherAreNot() {
        String shared = PostgresExtension.emptyDatabase();

        InstallationId first = installation(shared);

        assertThat(installation(shared)).isEqualTo(first);
        assertThat(installation(PostgresExtension.emptyDatabase())).isNotEqualTo(first);
    }

    private static InstallationId installation(String url) {
        try (PostgresStores stores = PostgresStores.open(new StoreSettings(url, 2, 1))) {
            return stores.installation();
        }
    }

    @Test
    void severalServersMayMigrateAnEmptyDatabaseAtOnce() throws Exception {
        String url = PostgresExtension.emptyDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Boolean>> servers = new ArrayList<>();
            for (int server = 0; server < 3; server++) {
                servers.add(() -> {
                    try (PostgresStores stores = PostgresStores.open(new StoreSettings(url, 2, 1))) {
                        return stores.answers() && stores.dags().all().isEmpty();
                    }
                });
            }
            for (Future<Boolean> server : threads.invokeAll(servers)) {
                assertThat(server.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
