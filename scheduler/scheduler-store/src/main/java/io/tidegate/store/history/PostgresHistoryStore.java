package io.tidegate.store.history;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Retention in PostgreSQL: each call is one statement, so that a batch is removed as a whole or not at all. Thread-safe. */
public final class PostgresHistoryStore implements HistoryStore {
    private static final String SURPLUS = Sql.of(PostgresHistoryStore.class, "surplus");
    private static final String PRUNE_RUNS = Sql.of(PostgresHistoryStore.class, "prune_runs");
    private static final String PRUNE_MESSAGES = Sql.of(PostgresHistoryStore.class, "prune_messages");

    /** So many runs are weighed for one batch, however small they are. */
    private static final int RUNS_AT_ONCE = 200;

    private static final int MILLISECONDS_AT = 16;

    private final Database database;

    public PostgresHistoryStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Surplus> surplus(Retention retention) {
        Optional<UUID> aged = retention.endedSince().map(PostgresHistoryStore::firstIdOf);
        return database.with(handle -> handle.createQuery(SURPLUS)
                .bind("aged", aged.map(UUID::toString).orElse(null))
                .bind("before", retention.endedSince().orElse(null))
                .bind("runs", retention.runs().orElse(0))
                .bind("always", ALWAYS_KEPT)
                .map(Row.reading(row -> new Surplus(
                        new DagId(row.text("dag")),
                        new RunId(row.uuid("bound")),
                        row.optionalUuid("counted").map(RunId::new))))
                .list());
    }

    /** The smallest identifier that is given at an instant: UUID version 7 of RFC 9562 begins with the milliseconds. */
    private static UUID firstIdOf(Instant instant) {
        return new UUID(Math.max(0, instant.toEpochMilli()) << MILLISECONDS_AT, 0);
    }

    @Override
    public int prune(Surplus surplus, Retention retention, int steps) {
        return database.with(handle -> handle.createQuery(PRUNE_RUNS)
                .bind("dag", surplus.dag().value())
                .bind("bound", surplus.before().value())
                .bind("counted", surplus.counted().map(RunId::toString).orElse(null))
                .bind("before", retention.endedSince().orElse(null))
                .bind("runs", RUNS_AT_ONCE)
                .bind("steps", steps)
                .mapTo(int.class)
                .one());
    }

    @Override
    public OptionalLong pruneMessages(Instant before, long after, int most) {
        return database.with(handle -> handle.createQuery(PRUNE_MESSAGES)
                .bind("before", before)
                .bind("after", after)
                .bind("most", most)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty()));
    }
}
