package io.tidegate.store.dag;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DAGs in PostgreSQL. Thread-safe. */
public final class PostgresDagStore implements DagStore {
    private static final String SAVE_DAG = Sql.of(PostgresDagStore.class, "save_dag");
    private static final String SAVE_VERSION = Sql.of(PostgresDagStore.class, "save_version");
    private static final String RETAIN_ONLY = Sql.of(PostgresDagStore.class, "retain_only");
    private static final String SET_PAUSED = Sql.of(PostgresDagStore.class, "set_paused");
    private static final String MENTIONING = Sql.of(PostgresDagStore.class, "mentioning");
    private static final String CURRENT = Sql.of(PostgresDagStore.class, "current");

    private final Database database;

    public PostgresDagStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean save(StoredVersion version, String originalPath) {
        return database.inTransaction(handle -> {
            Optional<String> before = handle.createQuery(
                            "SELECT current_version FROM dag WHERE name = :dag AND NOT removed FOR NO KEY UPDATE")
                    .bind("dag", version.id().dag().value())
                    .mapTo(String.class)
                    .findOne();
            handle.createUpdate(SAVE_DAG)
                    .bind("dag", version.id().dag().value())
                    .bind("hash", version.id().hash())
                    .bind("original_path", originalPath)
                    .execute();
            handle.createUpdate(SAVE_VERSION)
                    .bind("dag", version.id().dag().value())
                    .bind("hash", version.id().hash())
                    .bind("source", Json.clean(version.source()))
                    .bind("canonical_form", version.canonicalForm())
                    .bind("folder", version.folder())
                    .bind("file_name", version.fileName())
                    .bind("created_at", version.createdAt())
                    .execute();
            return !before.equals(Optional.of(version.id().hash()));
        });
    }

    @Override
    public void retainOnly(List<DagId> present) {
        database.use(handle -> handle.createUpdate(RETAIN_ONLY)
                .bind("present", Json.write(present.stream().map(DagId::value).toList()))
                .execute());
    }

    @Override
    public Optional<StoredVersion> version(DagVersionId id) {
        return database.with(handle -> handle.createQuery("SELECT * FROM dag_version WHERE dag = :dag AND hash = :hash")
                .bind("dag", id.dag().value())
                .bind("hash", id.hash())
                .map(Row.reading(PostgresDagStore::stored))
                .findOne());
    }

    @Override
    public List<DagVersionId> mentioning(String text, int most) {
        return database.with(handle -> handle.createQuery(MENTIONING)
                .bind("text", text)
                .bind("most", most)
                .map(Row.reading(row -> new DagVersionId(new DagId(row.text("dag")), row.text("hash"))))
                .list());
    }

    @Override
    public Optional<StoredVersion> current(DagId dag) {
        return database.with(handle -> handle.createQuery(CURRENT)
                .bind("dag", dag.value())
                .map(Row.reading(PostgresDagStore::stored))
                .findOne());
    }

    @Override
    public List<CurrentDag> all() {
        return database.with(handle -> handle.createQuery(
                        "SELECT name, current_version, paused, original_path FROM dag WHERE NOT removed ORDER BY name")
                .map(Row.reading(PostgresDagStore::dag))
                .list());
    }

    @Override
    public List<CurrentDag> find(Collection<DagId> dags) {
        return database.with(handle -> handle.createQuery(
                        "SELECT name, current_version, paused, original_path FROM dag WHERE name = ANY (:dags) AND NOT removed")
                .bind("dags", names(dags))
                .map(Row.reading(PostgresDagStore::dag))
                .list());
    }

    private static String[] names(Collection<DagId> dags) {
        return dags.stream().map(DagId::value).toArray(String[]::new);
    }

    private static CurrentDag dag(Row row) throws SQLException {
        return new CurrentDag(
                new DagVersionId(new DagId(row.text("name")), row.text("current_version")),
                row.truth("paused"),
                row.text("original_path"));
    }

    @Override
    public boolean setPaused(DagId dag, boolean paused, Audit by) {
        return database.with(handle -> {
            handle.createUpdate(SET_PAUSED)
                    .bind("dag", dag.value())
                    .bind("paused", paused)
                    .bind("type", paused ? DagEvent.PAUSED : DagEvent.UNPAUSED)
                    .bind("at", by.at())
                    .bind("actor", Json.clean(by.actor()))
                    .bind("reason", Json.clean(by.reason()))
                    .execute();
            return handle.createQuery("SELECT EXISTS (SELECT FROM dag WHERE name = :dag AND NOT removed)")
                    .bind("dag", dag.value())
                    .mapTo(boolean.class)
                    .one();
        });
    }

    @Override
    public List<DagEvent> events(DagId dag, int limit) {
        return database.with(handle -> handle.createQuery(
                        "SELECT * FROM dag_event WHERE dag = :dag ORDER BY id DESC LIMIT :limit")
                .bind("dag", dag.value())
                .bind("limit", limit)
                .map(Row.reading(row -> new DagEvent(
                        row.number("id"),
                        row.text("type"),
                        new Audit(row.text("actor"), row.text("reason"), row.instant("at")))))
                .list());
    }

    @Override
    public Optional<Instant> scheduledUpTo(DagId dag) {
        return database.with(handle -> handle.createQuery("SELECT scheduled_up_to FROM dag WHERE name = :dag")
                .bind("dag", dag.value())
                .map(Row.reading(row -> row.optionalInstant("scheduled_up_to")))
                .findOne()
                .flatMap(mark -> mark));
    }

    @Override
    public Map<DagId, Instant> scheduledUpTo(Collection<DagId> dags) {
        Map<DagId, Instant> marks = new HashMap<>();
        database.use(handle -> handle.createQuery(
                        "SELECT name, scheduled_up_to FROM dag WHERE name = ANY (:dags) AND scheduled_up_to IS NOT NULL")
                .bind("dags", names(dags))
                .map(Row.reading(row -> Map.entry(new DagId(row.text("name")), row.instant("scheduled_up_to"))))
                .forEach(mark -> marks.put(mark.getKey(), mark.getValue())));
        return marks;
    }

    @Override
    public void advanceSchedule(DagId dag, Instant upTo) {
        database.use(handle -> handle.createUpdate(
                        "UPDATE dag SET scheduled_up_to = greatest(scheduled_up_to, :up_to) WHERE name = :dag")
                .bind("dag", dag.value())
                .bind("up_to", upTo)
                .execute());
    }

    private static StoredVersion stored(Row row) throws SQLException {
        return new StoredVersion(
                new DagVersionId(new DagId(row.text("dag")), row.text("hash")),
                row.text("source"),
                row.text("canonical_form"),
                row.text("folder"),
                row.text("file_name"),
                row.instant("created_at"));
    }
}
