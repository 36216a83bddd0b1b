package io.tidegate.store.query;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.view.NodeQueries;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Servers as people see them. Thread-safe. */
public final class PostgresNodeQueries implements NodeQueries {
    private static final String NODES = Sql.of(PostgresNodeQueries.class, "nodes");
    private static final TypeReference<List<NodeLoop>> LOOPS = new TypeReference<>() {};
    private static final String[] ENDED = Arrays.stream(AttemptState.values())
            .filter(AttemptState::isTerminal)
            .map(AttemptState::name)
            .toArray(String[]::new);

    private final Database database;

    public PostgresNodeQueries(Database database) {
        this.database = database;
    }

    @Override
    public List<NodeView> nodes() {
        return database.with(handle -> handle.createQuery(NODES)
                .bind("ended", ENDED)
                .map(Row.reading(PostgresNodeQueries::node))
                .list());
    }

    private static NodeView node(Row row) throws SQLException {
        String id = row.uuid("id").toString();
        return new NodeView(
                id,
                row.text("name"),
                row.text("version"),
                row.text("state"),
                row.instant("registered_at"),
                row.number("lease_age"),
                row.number("lease_left"),
                row.integer("runs"),
                row.integer("attempts"),
                row.document("loops", LOOPS, "node " + id).orElse(List.of()));
    }
}
