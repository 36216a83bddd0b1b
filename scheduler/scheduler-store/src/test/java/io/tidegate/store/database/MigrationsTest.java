package io.tidegate.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.executor.InstallationId;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import io.tidegate.store.fixture.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database is brought to this build's schema, or left alone. */
final class MigrationsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Test
    void aDatabaseOfANewerTidegateIsLeftAlone() {
        long known = POSTGRES.count("SELECT max(CAST(version AS integer)) FROM flyway_schema_history");
        POSTGRES.execute("INSERT INTO flyway_schema_history SELECT installed_rank + 100, '" + (known + 2)
                + "', 'from the future', type, 'V99__future.sql', 1, installed_by, installed_on, 1, true FROM flyway_schema_history"
                + " WHERE version = '1'");
        assertThatThrownBy(() -> PostgresStores.open(StoreSettings.of(POSTGRES.jdbcUrl())))
                .isInstanceOf(NewerSchemaException.class)
                .hasMessage("database was made by a newer Tidegate (schema " + (known + 2) + ", this one knows " + known
                        + "); use that version or another --database-url");
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
