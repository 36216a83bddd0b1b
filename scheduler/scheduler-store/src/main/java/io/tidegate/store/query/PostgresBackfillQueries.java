package io.tidegate.store.query;

import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.backfill.Reprocess;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.view.BackfillQueries;
import io.tidegate.scheduler.view.BackfillViews;
import io.tidegate.scheduler.view.BackfillViews.BackfillAction;
import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backfills for people, from PostgreSQL. Thread-safe. */
public final class PostgresBackfillQueries implements BackfillQueries {
    private static final String BACKFILLS = Sql.of(PostgresBackfillQueries.class, "backfills");
    private static final String INTERVALS = Sql.of(PostgresBackfillQueries.class, "backfill_intervals");

    private final Database database;

    public PostgresBackfillQueries(Database database) {
        this.database = database;
    }

    @Override
    public Page<BackfillViews.Summary> backfills(Optional<String> dag, Optional<String> after, int limit) {
        Conditions conditions =
                new Conditions().when(dag, "dag", "dag = :dag").when(after.map(Keyset::number), "after", "id < :after");
        int most = Keyset.limit(limit);
        List<BackfillViews.Summary> found = database.with(handle -> conditions
                .bind(handle.createQuery(conditions.in(BACKFILLS)))
                .bind("limit", most + 1)
                .map(Row.reading(PostgresBackfillQueries::summary))
                .list());
        return Keyset.page(found, most, shown -> shown, backfill -> Long.toString(backfill.id()));
    }

    @Override
    public Optional<BackfillViews.Summary> backfill(long id) {
        Conditions conditions = new Conditions().when(Optional.of(id), "id", "id = :id");
        return database.with(handle -> conditions
                .bind(handle.createQuery(conditions.in(BACKFILLS)))
                .bind("limit", 1)
                .map(Row.reading(PostgresBackfillQueries::summary))
                .findOne());
    }

    @Override
    public Page<BackfillViews.IntervalView> intervals(long id, Optional<String> after, int limit) {
        int most = Keyset.limit(limit);
        List<BackfillViews.IntervalView> found = database.with(handle -> handle.createQuery(INTERVALS)
                .bind("backfill", id)
                .bind("after", after.map(Keyset::number).orElse(-1L))
                .bind("limit", most + 1)
                .map(Row.reading(row -> interval(id, row)))
                .list());
        return Keyset.page(found, most, shown -> shown, interval -> Integer.toString(interval.place()));
    }

    private static BackfillViews.Summary summary(Row row) throws SQLException {
        long id = row.number("id");
        String subject = "backfill " + id;
        BackfillState state = row.word("state", BackfillState.class, subject);
        return new BackfillViews.Summary(
                id,
                row.text("dag"),
                row.text("version"),
                row.text("first_day"),
                row.text("last_day"),
                row.truth("backwards"),
                row.word("reprocess", Reprocess.class, subject),
                row.integer("parallel"),
                row.texts("parameters", subject),
                state,
                new BackfillViews.Progress(
                        row.integer("total"),
                        row.integer("waiting"),
                        row.integer("running"),
                        row.integer("succeeded"),
                        row.integer("failed"),
                        row.integer("cancelled"),
                        row.integer("left_out")),
                row.text("actor"),
                row.text("reason"),
                row.instant("created_at"),
                row.optionalInstant("finished_at"),
                actions(state));
    }

    private static List<BackfillAction> actions(BackfillState state) {
        return switch (state) {
            case RUNNING -> List.of(BackfillAction.PAUSE, BackfillAction.CANCEL);
            case PAUSED -> List.of(BackfillAction.RESUME, BackfillAction.CANCEL);
            case FINISHED, CANCELLED -> List.of();
        };
    }

    private static BackfillViews.IntervalView interval(long id, Row row) throws SQLException {
        int place = row.integer("place");
        return new BackfillViews.IntervalView(
                place,
                new RunViews.Interval(
                        row.instant("interval_start"), row.instant("interval_end"), row.text("partition")),
                row.optionalUuid("run").map(UUID::toString),
                row.optionalWord("state", RunState.class, "interval " + place + " of backfill " + id),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.optionalText("left_out"));
    }
}
