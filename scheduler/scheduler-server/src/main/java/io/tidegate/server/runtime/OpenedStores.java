package io.tidegate.server.runtime;

import io.tidegate.scheduler.store.Audit;
import io.tidegate.server.database.Database;
import io.tidegate.server.database.DatabaseException;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import io.tidegate.store.database.NewerSchemaException;
import java.time.InstantSource;

/** Opens what the server keeps. */
final class OpenedStores {
    private OpenedStores() {}

    /** @throws DatabaseException when the database cannot be used */
    static PostgresStores of(Database database, ConfigurationFile file, InstantSource clock) {
        PostgresStores stores = open(database, file);
        if (database.isOurs()) {
            // A server that was killed here holds its runs no longer: go on with them at once.
            stores.endAllLeases();
        }
        stores.places().declare(file.declaredPools().sizes(), new Audit("configuration", "", clock.instant()));
        return stores;
    }

    private static PostgresStores open(Database database, ConfigurationFile file) {
        StoreSettings settings = StoreSettings.of(database.jdbcUrl());
        try {
            return PostgresStores.open(file.openlineage().isPresent() ? settings : settings.withoutLineage());
        } catch (NewerSchemaException | IllegalStateException problem) {
            throw new DatabaseException(database.description() + ": " + problem.getMessage(), problem);
        }
    }
}
