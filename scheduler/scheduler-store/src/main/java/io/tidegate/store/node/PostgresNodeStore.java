package io.tidegate.store.node;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.store.NodeStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Sql;
import java.time.Duration;

/** Nodes in PostgreSQL, on a pool of their own. Thread-safe. */
public final class PostgresNodeStore implements NodeStore {
    private static final String REGISTER = Sql.of(PostgresNodeStore.class, "register");
    private static final String FORGET_DEAD = Sql.of(PostgresNodeStore.class, "forget_dead_nodes");
    private static final String RENEW = Sql.of(PostgresNodeStore.class, "renew");

    private final Database database;

    public PostgresNodeStore(Database database) {
        this.database = database;
    }

    @Override
    public void register(NodeId node, String name, Duration lease) {
        database.inTransaction(handle -> {
            // A node that registers anew has dropped what it owned; nobody else would ever take those runs from it.
            handle.createUpdate("UPDATE run SET owner = NULL, fence = fence + 1 WHERE owner = :node")
                    .bind("node", node.value())
                    .execute();
            handle.createUpdate(FORGET_DEAD).execute();
            return handle.createUpdate(REGISTER)
                    .bind("node", node.value())
                    .bind("name", name)
                    .bind("seconds", seconds(lease))
                    .execute();
        });
    }

    @Override
    public boolean renew(NodeId node, Duration lease) {
        return database.with(handle -> handle.createUpdate(RENEW)
                        .bind("node", node.value())
                        .bind("seconds", seconds(lease))
                        .execute()
                == 1);
    }

    @Override
    public void release(NodeId node) {
        database.use(handle -> handle.createUpdate(
                        "UPDATE node SET lease_until = least(lease_until, now()) WHERE id = :node")
                .bind("node", node.value())
                .execute());
    }

    private static double seconds(Duration lease) {
        return lease.toMillis() / 1000.0;
    }
}
