package io.tidegate.store.history;

import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Sql;
import java.time.Instant;

/** Retention in PostgreSQL: each call is one statement, so that a batch is removed as a whole or not at all. Thread-safe. */
public final class PostgresHistoryStore implements HistoryStore {
    private static final String PRUNE_RUNS = Sql.of(PostgresHistoryStore.class, "prune_runs");
    private static final String PRUNE_MESSAGES = Sql.of(PostgresHistoryStore.class, "prune_messages");

    private final Database database;

    public PostgresHistoryStore(Database database) {
        this.database = database;
    }

    @Override
    public int prune(Retention retention, int most) {
        return database.with(handle -> handle.createQuery(PRUNE_RUNS)
                .bind("before", retention.endedSince().orElse(null))
                .bind("runs", retention.runs().orElse(Integer.MAX_VALUE))
                .bind("always", ALWAYS_KEPT)
                .bind("most", most)
                .mapTo(int.class)
                .one());
    }

    @Override
    public int pruneMessages(Instant before, int most) {
        return database.with(handle -> handle.createUpdate(PRUNE_MESSAGES)
                .bind("before", before)
                .bind("most", most)
                .execute());
    }
}
