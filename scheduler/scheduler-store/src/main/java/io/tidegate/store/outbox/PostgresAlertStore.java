package io.tidegate.store.outbox;

import io.tidegate.scheduler.store.AlertStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Sql;
import java.time.Instant;

/** Alerts in PostgreSQL. Thread-safe. */
public final class PostgresAlertStore implements AlertStore {
    private static final String RESOLVE = Sql.of(PostgresAlertStore.class, "resolve_alert");

    private final Database database;

    public PostgresAlertStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean resolve(long id, String actor, String reason, Instant at) {
        String message = reason.isBlank() ? "closed by " + actor : "closed by " + actor + ": " + reason;
        return database.with(handle -> handle.createQuery(RESOLVE)
                .bind("id", id)
                .bind("message", Json.clean(message))
                .bind("at", at)
                .mapTo(boolean.class)
                .one());
    }
}
