package io.tidegate.store.query;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.truth.AttemptBooks;
import io.tidegate.scheduler.truth.BookedAttempt;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Our books of attempts, from PostgreSQL. Thread-safe. */
public final class PostgresAttemptBooks implements AttemptBooks {
    private static final String GOING = Sql.of(PostgresAttemptBooks.class, "going_attempts");
    private static final String KNOWN = Sql.of(PostgresAttemptBooks.class, "known_attempts");
    private static final String[] OVER = Arrays.stream(AttemptState.values())
            .filter(AttemptState::isTerminal)
            .map(AttemptState::name)
            .toArray(String[]::new);

    private final Database database;

    public PostgresAttemptBooks(Database database) {
        this.database = database;
    }

    @Override
    public List<BookedAttempt> going() {
        return database.with(handle -> handle.createQuery(GOING)
                .bind("over", OVER)
                .map(Row.reading(PostgresAttemptBooks::attempt))
                .list());
    }

    @Override
    public List<BookedAttempt> known(Collection<LaunchKey> keys) {
        String[] values = keys.stream().map(LaunchKey::value).toArray(String[]::new);
        return database.with(handle -> handle.createQuery(KNOWN)
                .bind("keys", values)
                .map(Row.reading(PostgresAttemptBooks::attempt))
                .list());
    }

    private static BookedAttempt attempt(Row row) throws SQLException {
        String key = row.text("launch_key");
        return new BookedAttempt(
                new DagId(row.text("dag")),
                new RunId(row.uuid("run")),
                new StepId(row.text("step")),
                row.integer("number"),
                new LaunchKey(key),
                row.text("executor"),
                row.word("state", AttemptState.class, "attempt " + key));
    }
}
