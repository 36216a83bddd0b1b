package io.tidegate.store.outbox;

import io.tidegate.scheduler.store.Outbox;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The outbox in PostgreSQL. Thread-safe. */
public final class PostgresOutbox implements Outbox {
    private static final String DUE = Sql.of(PostgresOutbox.class, "due");

    private final Database database;

    public PostgresOutbox(Database database) {
        this.database = database;
    }

    /** A destination whose oldest message waits for its next try gets nothing meanwhile, so that its messages keep their order. */
    @Override
    public List<Message> due(Topic topic, Instant now, int limit) {
        return database.with(handle -> handle.createQuery(DUE)
                .bind("topic", topic.name())
                .bind("now", now)
                .bind("limit", limit)
                .map(Row.reading(PostgresOutbox::message))
                .list());
    }

    @Override
    public void delivered(long id, Instant at) {
        database.use(handle -> handle.createUpdate(
                        "UPDATE outbox SET delivered_at = :at, problem = NULL WHERE id = :id AND delivered_at IS NULL")
                .bind("id", id)
                .bind("at", at)
                .execute());
    }

    @Override
    public void failed(long id, String problem, Instant next) {
        database.use(handle -> handle.createUpdate(
                        "UPDATE outbox SET tries = tries + 1, problem = :problem, next_at = :next WHERE id = :id")
                .bind("id", id)
                .bind("problem", Json.clean(problem))
                .bind("next", next)
                .execute());
    }

    @Override
    public void abandoned(long id, String problem) {
        database.use(handle -> handle.createUpdate(
                        "UPDATE outbox SET tries = tries + 1, problem = :problem, abandoned = true WHERE id = :id")
                .bind("id", id)
                .bind("problem", Json.clean(problem))
                .execute());
    }

    private static Message message(Row row) throws SQLException {
        long id = row.number("id");
        return new Message(
                id,
                row.word("topic", Topic.class, "message " + id),
                row.text("destination"),
                row.text("reference"),
                row.text("action"),
                row.instant("created_at"),
                row.integer("tries"));
    }
}
