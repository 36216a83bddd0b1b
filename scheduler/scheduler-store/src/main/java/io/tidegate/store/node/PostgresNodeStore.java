package io.tidegate.store.node;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeLoad;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.store.NodeStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Nodes in PostgreSQL. Leases have a pool of their own; what is asked of runs never waits in it. Thread-safe. */
public final class PostgresNodeStore implements NodeStore {
    private static final String REGISTER = Sql.of(PostgresNodeStore.class, "register");
    private static final String FORGET_DEAD = Sql.of(PostgresNodeStore.class, "forget_dead_nodes");
    private static final String RENEW = Sql.of(PostgresNodeStore.class, "renew");

    private static final String LOAD = Sql.of(PostgresNodeStore.class, "load");

    private final Database database;
    private final Database work;

    /**
     * @param database for leases alone
     * @param work for questions about runs
     */
    public PostgresNodeStore(Database database, Database work) {
        this.database = database;
        this.work = work;
    }

    /** A loop as it stands in the database; the dashboard and people read the same. */
    private record LoopRow(String loop, long silenceMillis, long boundMillis, boolean alive) {}

    @Override
    public void register(NodeId node, NodeProfile profile, Duration lease) {
        database.inTransaction(handle -> {
            // A node that registers anew has dropped what it owned; nobody else would ever take those runs from it.
            giveBack(handle, node);
            handle.createUpdate(FORGET_DEAD).execute();
            return handle.createUpdate(REGISTER)
                    .bind("node", node.value())
                    .bind("name", profile.name())
                    .bind("version", profile.version())
                    .bind(
                            "machine",
                            profile.machine().map(NodeProfile.Machine::name).orElse(null))
                    .bind(
                            "boot",
                            profile.machine().map(NodeProfile.Machine::boot).orElse(null))
                    .bind("seconds", seconds(lease))
                    .execute();
        });
    }

    private static void giveBack(Handle handle, NodeId node) {
        handle.createUpdate("UPDATE run SET owner = NULL, fence = fence + 1 WHERE owner = :node")
                .bind("node", node.value())
                .execute();
    }

    @Override
    public boolean renew(NodeId node, Duration lease, NodeReport report) {
        List<LoopRow> loops = report.loops().stream()
                .map(lag -> new LoopRow(
                        lag.loop(), lag.silence().toMillis(), lag.bound().toMillis(), lag.alive()))
                .toList();
        return database.with(handle -> handle.createUpdate(RENEW)
                        .bind("node", node.value())
                        .bind("seconds", seconds(lease))
                        .bind("draining", report.draining())
                        .bind("loops", Json.write(loops))
                        .execute()
                == 1);
    }

    @Override
    public void release(NodeId node) {
        database.inTransaction(handle -> {
            giveBack(handle, node);
            return handle.createUpdate("UPDATE node SET lease_until = least(lease_until, now()) WHERE id = :node")
                    .bind("node", node.value())
                    .execute();
        });
    }

    @Override
    public NodeLoad load(NodeId node) {
        return work.with(handle -> load(handle, node));
    }

    /** {@link #load(NodeId)} within a transaction of the caller's. */
    public static NodeLoad load(Handle handle, NodeId node) {
        return handle.createQuery(LOAD)
                .bind("node", node.value())
                .map(Row.reading(
                        row -> new NodeLoad(row.integer("own"), row.integer("everything"), row.integer("nodes"))))
                .one();
    }

    private static double seconds(Duration lease) {
        return lease.toMillis() / 1000.0;
    }
}
