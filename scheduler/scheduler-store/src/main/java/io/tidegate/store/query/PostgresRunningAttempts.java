package io.tidegate.store.query;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.progress.RunningAttempt;
import io.tidegate.scheduler.progress.RunningAttempts;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.util.List;

/** Attempts whose program runs, from PostgreSQL. Thread-safe. */
public final class PostgresRunningAttempts implements RunningAttempts {
    private static final String RUNNING = Sql.of(PostgresRunningAttempts.class, "running_attempts");

    private final Database database;

    public PostgresRunningAttempts(Database database) {
        this.database = database;
    }

    @Override
    public List<RunningAttempt> running() {
        return database.with(handle -> handle.createQuery(RUNNING)
                .bind("running", AttemptState.RUNNING.name())
                .map(Row.reading(PostgresRunningAttempts::attempt))
                .list());
    }

    private static RunningAttempt attempt(Row row) throws SQLException {
        String key = row.text("launch_key");
        return new RunningAttempt(
                new RunId(row.uuid("run")),
                new StepId(row.text("step")),
                row.integer("number"),
                row.text("executor"),
                new ExternalJob(
                        new LaunchKey(key), row.text("external_id"), row.texts("job_details", "attempt " + key)));
    }
}
