package io.tidegate.store.backfill;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.backfill.Reprocess;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.BackfillStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Backfills in PostgreSQL. Thread-safe. */
public final class PostgresBackfillStore implements BackfillStore {
    private static final String CREATE = Sql.of(PostgresBackfillStore.class, "create");
    private static final String CREATE_INTERVALS = Sql.of(PostgresBackfillStore.class, "create_intervals");
    private static final String ADOPT = Sql.of(PostgresBackfillStore.class, "adopt");
    private static final String DUE = Sql.of(PostgresBackfillStore.class, "due");
    private static final String FINISH = Sql.of(PostgresBackfillStore.class, "finish");

    private final Database database;

    public PostgresBackfillStore(Database database) {
        this.database = database;
    }

    private record PlaceRow(
            int place,
            Instant intervalStart,
            Instant intervalEnd,
            String intervalZone,
            String partition,
            Optional<String> leftOut) {
        static PlaceRow of(int number, Place place) {
            DataInterval interval = place.interval();
            return new PlaceRow(
                    number,
                    interval.start(),
                    interval.end(),
                    interval.zone().getId(),
                    interval.partition(),
                    place.leftOut());
        }
    }

    @Override
    public long create(Backfill backfill, List<Place> places, Audit by) {
        List<PlaceRow> rows = new ArrayList<>();
        for (Place place : places) {
            rows.add(PlaceRow.of(rows.size(), place));
        }
        return database.inTransaction(handle -> {
            long id = insert(handle, backfill, by);
            handle.createUpdate(CREATE_INTERVALS)
                    .bind("backfill", id)
                    .bind("rows", Json.write(rows))
                    .execute();
            tell(handle, backfill.version().dag(), "backfill_begun", id, by);
            return id;
        });
    }

    private static long insert(Handle handle, Backfill backfill, Audit by) {
        return handle.createQuery(CREATE)
                .bind("dag", backfill.version().dag().value())
                .bind("version", backfill.version().hash())
                .bind("first_day", backfill.stretch().from())
                .bind("last_day", backfill.stretch().to())
                .bind("backwards", backfill.manner().backwards())
                .bind("reprocess", backfill.manner().reprocess().name())
                .bind("parallel", backfill.manner().parallel())
                .bind("parameters", Json.write(backfill.parameters()))
                .bind("actor", Json.clean(by.actor()))
                .bind("reason", Json.clean(by.reason()))
                .bind("at", by.at())
                .mapTo(Long.class)
                .one();
    }

    private static void tell(Handle handle, DagId dag, String type, long id, Audit by) {
        handle.createUpdate("""
                        INSERT INTO dag_event (dag, at, type, actor, reason)
                        VALUES (:dag, :at, :type, :actor, :reason)""")
                .bind("dag", dag.value())
                .bind("at", by.at())
                .bind("type", type)
                .bind("actor", Json.clean(by.actor()))
                .bind("reason", Json.clean("backfill " + id + (by.reason().isEmpty() ? "" : ": " + by.reason())))
                .execute();
    }

    @Override
    public List<Going> going() {
        return database.with(handle -> handle.createQuery("SELECT * FROM backfill WHERE state = 'RUNNING' ORDER BY id")
                .map(Row.reading(PostgresBackfillStore::going))
                .list());
    }

    private static Going going(Row row) throws SQLException {
        long id = row.number("id");
        String subject = "backfill " + id;
        Backfill backfill = new Backfill(
                new DagVersionId(new DagId(row.text("dag")), row.text("version")),
                new Backfill.Stretch(LocalDate.parse(row.text("first_day")), LocalDate.parse(row.text("last_day"))),
                new Backfill.Manner(
                        row.truth("backwards"),
                        row.word("reprocess", Reprocess.class, subject),
                        row.integer("parallel")),
                row.texts("parameters", subject));
        return new Going(id, backfill, row.text("actor"));
    }

    @Override
    public List<Due> due(long id) {
        return database.inTransaction(handle -> {
            handle.createUpdate(ADOPT).bind("backfill", id).execute();
            return handle.createQuery(DUE)
                    .bind("backfill", id)
                    .map(Row.reading(row -> new Due(
                            row.integer("place"),
                            new DataInterval(
                                    row.instant("interval_start"),
                                    row.instant("interval_end"),
                                    ZoneId.of(row.text("interval_zone"))))))
                    .list();
        });
    }

    @Override
    public boolean began(long id, int place, RunId run) {
        return database.with(handle -> handle.createQuery("""
                        UPDATE backfill_interval
                        SET run = :run, left_out = NULL
                        FROM backfill
                        WHERE backfill.id = :backfill AND backfill_interval.backfill = backfill.id AND place = :place
                        RETURNING backfill.state <> 'CANCELLED'""")
                .bind("run", run.value())
                .bind("backfill", id)
                .bind("place", place)
                .mapTo(boolean.class)
                .one());
    }

    @Override
    public void leaveOut(long id, int place, String why) {
        database.use(handle -> handle.createUpdate(
                        "UPDATE backfill_interval SET left_out = :why WHERE backfill = :backfill AND place = :place AND run IS NULL")
                .bind("why", Json.clean(why))
                .bind("backfill", id)
                .bind("place", place)
                .execute());
    }

    @Override
    public boolean finishIfDone(long id, Instant at) {
        return database.with(handle ->
                handle.createUpdate(FINISH).bind("backfill", id).bind("at", at).execute() == 1);
    }

    @Override
    public Optional<Moved> move(long id, BackfillState.Event event, Audit by) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT dag, state FROM backfill WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .map(Row.reading(row -> new Locked(
                        new DagId(row.text("dag")), row.word("state", BackfillState.class, "backfill " + id))))
                .findOne()
                .map(locked -> move(handle, id, locked, event, by)));
    }

    private record Locked(DagId dag, BackfillState state) {}

    private static Moved move(Handle handle, long id, Locked locked, BackfillState.Event event, Audit by) {
        Optional<BackfillState> next = BackfillState.TRANSITIONS.target(locked.state(), event);
        next.ifPresent(state -> {
            handle.createUpdate("UPDATE backfill SET state = :state, finished_at = :finished_at WHERE id = :id")
                    .bind("state", state.name())
                    .bind("finished_at", state.isTerminal() ? by.at() : null)
                    .bind("id", id)
                    .execute();
            if (state == BackfillState.CANCELLED) {
                handle.createUpdate("""
                                UPDATE backfill_interval
                                SET left_out = 'the backfill was cancelled'
                                WHERE backfill = :id AND run IS NULL AND left_out IS NULL""").bind("id", id).execute();
            }
            tell(handle, locked.dag(), "backfill_" + state.name().toLowerCase(Locale.ROOT), id, by);
        });
        return new Moved(locked.state(), next.isPresent());
    }

    @Override
    public List<RunId> goingRuns(long id) {
        return database.with(handle -> handle.createQuery("""
                        SELECT r.id FROM run r
                        WHERE r.backfill = :id AND r.backfill IS NOT NULL AND r.state IN ('QUEUED', 'RUNNING')
                        ORDER BY r.id""")
                .bind("id", id)
                .map(Row.reading(row -> new RunId(row.uuid("id"))))
                .list());
    }
}
