package io.tidegate.store.pool;

import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.PlaceRequest;
import io.tidegate.scheduler.pool.PlaceRule;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Pools in PostgreSQL. Thread-safe. */
public final class PostgresPlaceStore implements PlaceStore {
    private static final String REQUESTS = Sql.of(PostgresPlaceStore.class, "requests");
    private static final String MOVE_REQUESTS = Sql.of(PostgresPlaceStore.class, "move_requests");
    private static final String SET = Sql.of(PostgresPlaceStore.class, "set");
    private static final String DECLARE = Sql.of(PostgresPlaceStore.class, "declare");
    /** Whoever holds it gives places, one server at a time; any number that nobody else uses. */
    private static final long GRANTING = 7_483_920_114L;

    private static final String[] ENDED = Arrays.stream(AttemptState.values())
            .filter(AttemptState::isTerminal)
            .map(AttemptState::name)
            .toArray(String[]::new);

    private final Database database;

    public PostgresPlaceStore(Database database) {
        this.database = database;
    }

    @Override
    public Set<LaunchKey> grant(Instant now) {
        return database.inTransaction(handle -> grant(handle, now));
    }

    private static Set<LaunchKey> grant(Handle handle, Instant now) {
        // A statement of its own, so that the next ones see what the last holder of the lock wrote.
        handle.createQuery("SELECT true FROM (SELECT pg_advisory_xact_lock(:lock)) AS locked")
                .bind("lock", GRANTING)
                .mapTo(boolean.class)
                .one();
        List<RequestRow> rows = requests(handle);
        List<PlaceRequest> going = rows.stream()
                .filter(row -> !row.ended() && (row.request().granted() || row.alive()))
                .map(RequestRow::request)
                .toList();
        Set<LaunchKey> fresh = new HashSet<>(PlaceRule.grants(sizes(pools(handle)), going, now));
        List<RequestRow.Move> moves = rows.stream()
                .filter(row -> row.ended() || fresh.contains(row.request().key()))
                .map(RequestRow::move)
                .toList();
        if (!moves.isEmpty()) {
            handle.createUpdate(MOVE_REQUESTS).bind("rows", Json.write(moves)).execute();
        }
        Set<LaunchKey> granted = going.stream()
                .filter(PlaceRequest::granted)
                .map(PlaceRequest::key)
                .collect(Collectors.toCollection(() -> fresh));
        return Set.copyOf(granted);
    }

    @Override
    public Standing standing() {
        return database.inSnapshot(handle -> new Standing(
                pools(handle),
                requests(handle).stream()
                        .filter(row -> !row.ended())
                        .map(RequestRow::request)
                        .toList()));
    }

    @Override
    public List<Pool> pools() {
        return database.with(PostgresPlaceStore::pools);
    }

    @Override
    public Pool set(PoolName pool, int places, Audit by) {
        return database.inTransaction(handle -> {
            Pool set = handle.createQuery(SET)
                    .bind("name", pool.value())
                    .bind("places", places)
                    .bind("at", by.at())
                    .bind("actor", Json.clean(by.actor()))
                    .map(Row.reading(PostgresPlaceStore::pool))
                    .one();
            tell(handle, "pool_set", pool, places, by);
            return set;
        });
    }

    @Override
    public boolean remove(PoolName pool, Audit by) {
        return database.inTransaction(handle -> {
            boolean removed = handle.createUpdate("DELETE FROM pool WHERE name = :name")
                            .bind("name", pool.value())
                            .execute()
                    == 1;
            if (removed) {
                tell(handle, "pool_removed", pool, 0, by);
            }
            return removed;
        });
    }

    @Override
    public void declare(Map<PoolName, Integer> configured, Audit by) {
        database.inTransaction(handle -> {
            configured.forEach((pool, places) -> {
                boolean changed = handle.createUpdate(DECLARE)
                                .bind("name", pool.value())
                                .bind("places", places)
                                .bind("at", by.at())
                                .bind("actor", Json.clean(by.actor()))
                                .execute()
                        == 1;
                if (changed) {
                    tell(handle, "pool_set", pool, places, by);
                }
            });
            return true;
        });
    }

    @Override
    public List<PoolEvent> history(int limit) {
        return database.with(handle -> handle.createQuery("SELECT * FROM pool_event ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .map(Row.reading(row -> new PoolEvent(
                        row.instant("at"),
                        new PoolName(row.text("pool")),
                        row.text("type"),
                        row.integer("places"),
                        row.text("actor"),
                        row.text("reason"))))
                .list());
    }

    private static void tell(Handle handle, String type, PoolName pool, int places, Audit by) {
        handle.createUpdate("""
                        INSERT INTO pool_event (at, pool, type, places, actor, reason)
                        VALUES (:at, :pool, :type, :places, :actor, :reason)""")
                .bind("at", by.at())
                .bind("pool", pool.value())
                .bind("type", type)
                .bind("places", places)
                .bind("actor", Json.clean(by.actor()))
                .bind("reason", Json.clean(by.reason()))
                .execute();
    }

    private static List<RequestRow> requests(Handle handle) {
        return handle.createQuery(REQUESTS)
                .bind("ended", ENDED)
                .map(Row.reading(RequestRow::of))
                .list();
    }

    private static List<Pool> pools(Handle handle) {
        return handle.createQuery("SELECT * FROM pool ORDER BY name")
                .map(Row.reading(PostgresPlaceStore::pool))
                .list();
    }

    private static Pool pool(Row row) throws SQLException {
        return new Pool(
                new PoolName(row.text("name")),
                row.integer("places"),
                row.optionalInteger("configured"),
                row.instant("changed_at"),
                row.text("changed_by"));
    }

    private static Map<PoolName, Integer> sizes(List<Pool> pools) {
        return pools.stream().collect(Collectors.toMap(Pool::name, Pool::places));
    }
}
