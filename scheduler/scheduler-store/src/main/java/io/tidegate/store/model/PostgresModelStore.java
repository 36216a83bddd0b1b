package io.tidegate.store.model;

import io.tidegate.dag.model.ModelName;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.store.ModelStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Champions in PostgreSQL. Thread-safe. */
public final class PostgresModelStore implements ModelStore {
    private static final String CHAMPIONS = Sql.of(PostgresModelStore.class, "champions");
    private static final String CHAMPION = Sql.of(PostgresModelStore.class, "champion");
    private static final String DECLARE = Sql.of(PostgresModelStore.class, "declare");

    private final Database database;

    public PostgresModelStore(Database database) {
        this.database = database;
    }

    /** Models of which no DAG has declared a folder are left out: there is no place for a pointer. */
    @Override
    public List<Champion> champions() {
        return database.with(handle -> handle.createQuery(CHAMPIONS)
                .map(Row.reading(PostgresModelStore::champion))
                .list());
    }

    @Override
    public void declare(ModelName model, String target) {
        database.use(handle -> handle.createUpdate(DECLARE)
                .bind("model", model.value())
                .bind("target", target)
                .execute());
    }

    @Override
    public Optional<Champion> takeBack(ModelName model, int version, String actor, String reason, Instant at) {
        return database.inTransaction(handle -> {
            Optional<String> known = handle.createQuery("SELECT name FROM model WHERE name = :model FOR UPDATE")
                    .bind("model", model.value())
                    .mapTo(String.class)
                    .findOne();
            if (known.isEmpty() || !wasChampion(handle, model, version)) {
                return Optional.<Champion>empty();
            }
            Optional<Integer> from = handle.createQuery("SELECT version FROM champion WHERE model = :model")
                    .bind("model", model.value())
                    .mapTo(Integer.class)
                    .findOne();
            if (!from.equals(Optional.of(version))) {
                Champions.replace(handle, new Champions.Replacement(model.value(), from, version, at, actor, reason));
            }
            return handle.createQuery(CHAMPION)
                    .bind("model", model.value())
                    .map(Row.reading(PostgresModelStore::champion))
                    .findOne();
        });
    }

    /** Also true for the version that is champion now. */
    private static boolean wasChampion(Handle handle, ModelName model, int version) {
        return handle.createQuery("SELECT state FROM model_version WHERE model = :model AND version = :version")
                .bind("model", model.value())
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .filter(state -> state.equals(ModelState.RETIRED.name()) || state.equals(ModelState.CHAMPION.name()))
                .isPresent();
    }

    private static Champion champion(Row row) throws SQLException {
        return new Champion(ModelRows.version(row), row.text("target"), row.instant("since"));
    }
}
