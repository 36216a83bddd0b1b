package io.tidegate.store.command;

import com.fasterxml.jackson.core.type.TypeReference;
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

    private static final TypeReference<List<String>> STEPS = new TypeReference<>() {};

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
                .bind(
                        "steps",
                        Json.write(command.target().steps().stream()
                                .map(StepId::value)
                                .toList()))
                .bind("version", command.target().version().orElse(null))
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
                new Target(
                        row.document("steps", STEPS, "command " + id).orElse(List.of()).stream()
                                .map(StepId::new)
                                .toList(),
                        row.optionalText("version")),
                row.text("actor"),
                row.text("reason"));
    }
}
