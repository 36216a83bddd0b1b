package io.tidegate.store.command;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Commands in PostgreSQL. Thread-safe. */
public final class PostgresCommandStore implements CommandStore {
    private static final String SUBMIT = Sql.of(PostgresCommandStore.class, "submit");
    private static final String PENDING = Sql.of(PostgresCommandStore.class, "pending");
    private static final List<String> KNOWN =
            Arrays.stream(Type.values()).map(Enum::name).toList();

    private final Database database;

    public PostgresCommandStore(Database database) {
        this.database = database;
    }

    /** @throws IllegalArgumentException when there is no such run */
    @Override
    public long submit(Command command) {
        return database.with(handle -> handle.createQuery(SUBMIT)
                .bind("run", command.run().value())
                .bind("type", command.type().name())
                .bind("step", command.step().map(StepId::value).orElse(null))
                .bind("actor", Json.clean(command.actor()))
                .bind("reason", Json.clean(command.reason()))
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("there is no run " + command.run())));
    }

    @Override
    public List<Command> pending(NodeId owner) {
        return database.with(handle -> handle.createQuery(PENDING)
                .bind("owner", owner.value())
                .bind("known", Json.write(KNOWN))
                .map(Row.reading(PostgresCommandStore::command))
                .list());
    }

    private static Command command(Row row) throws SQLException {
        long id = row.number("id");
        return new Command(
                id,
                new RunId(row.uuid("run")),
                row.word("type", Type.class, "command " + id),
                row.optionalText("step").map(StepId::new),
                row.text("actor"),
                row.text("reason"));
    }
}
