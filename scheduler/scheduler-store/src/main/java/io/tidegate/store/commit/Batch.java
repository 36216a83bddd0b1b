package io.tidegate.store.commit;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.store.commit.ReportRows.ReportKey;
import io.tidegate.store.commit.ReportRows.ReportRow;
import io.tidegate.store.commit.Rows.AddedRow;
import io.tidegate.store.commit.Rows.AttemptRow;
import io.tidegate.store.commit.Rows.CommandRow;
import io.tidegate.store.commit.Rows.EventRow;
import io.tidegate.store.commit.Rows.ExchangedStepRow;
import io.tidegate.store.commit.Rows.LineageRow;
import io.tidegate.store.commit.Rows.PlacesRow;
import io.tidegate.store.commit.Rows.RunRow;
import io.tidegate.store.commit.Rows.StepRow;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Prepared;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What passed the checks, gathered by table. Of several changes of one row the last one is written. Not thread-safe. */
final class Batch {
    private static final String WRITE_RUNS = Sql.of(Batch.class, "write_runs");
    private static final Prepared WRITE_PROGRESS = Prepared.of(Batch.class, "write_progress");
    private static final String EXCHANGE_STEPS = Sql.of(Batch.class, "exchange_steps");
    private static final String ADD_STEPS = Sql.of(Batch.class, "add_steps");
    private static final String REQUEST_PLACES = Sql.of(Batch.class, "request_places");
    private static final String ANNOUNCE_LINEAGE = Sql.of(Batch.class, "announce_lineage");
    private static final String FINISH_COMMANDS = Sql.of(Batch.class, "finish_commands");

    private record StepKey(UUID run, String step) {}

    private record AttemptKey(UUID run, String step, int number) {}

    private final Map<UUID, RunRow> runs = new LinkedHashMap<>();
    private final List<AddedRow> added = new ArrayList<>();
    private final Map<StepKey, StepRow> steps = new LinkedHashMap<>();
    private final List<ExchangedStepRow> exchanged = new ArrayList<>();
    private final Map<AttemptKey, AttemptRow> attempts = new LinkedHashMap<>();
    private final List<PlacesRow> places = new ArrayList<>();
    private final List<EventRow> events = new ArrayList<>();
    private final List<LineageRow> announced = new ArrayList<>();
    private final List<CommandRow> commands = new ArrayList<>();
    private final List<Change.PublicationDecided> decisions = new ArrayList<>();
    private final Reports reports = new Reports();
    private final Alerts alerts = new Alerts();
    private final Publications publications;
    private final boolean lineage;

    /** @param lineage whether somebody is told of lineage */
    Batch(Publications publications, boolean lineage) {
        this.publications = publications;
        this.lineage = lineage;
    }

    void add(RunHead head, RunCommit commit) {
        commit.changes().forEach(change -> add(head, change));
    }

    private void add(RunHead head, Change change) {
        UUID run = head.id();
        if (change instanceof Change.RunWritten written) {
            runs.put(run, RunRow.of(written.run()));
        } else if (change instanceof Change.StepAdded item) {
            added.add(new AddedRow(run, item.step().step().value()));
        } else if (change instanceof Change.StepWritten written) {
            StepRow row = StepRow.of(run, written.step());
            steps.put(new StepKey(run, row.step()), row);
        } else if (change instanceof Change.StepsExchanged exchange) {
            ExchangedStepRow.of(run, exchange).forEach(exchanged::add);
        } else if (change instanceof Change.AttemptWritten written) {
            AttemptRow row = AttemptRow.of(run, written.attempt());
            attempts.merge(new AttemptKey(run, row.step(), row.number()), row, AttemptRow::followedBy);
        } else if (change instanceof Change.PlacesRequested requested) {
            places.add(PlacesRow.of(run, requested));
        } else if (change instanceof Change.EventAppended event) {
            events.add(EventRow.of(run, event));
        } else if (change instanceof Change.ReportTaken taken) {
            reports.add(head, taken);
        } else if (change instanceof Change.PublicationDecided decided) {
            decisions.add(decided);
        } else if (change instanceof Change.AlertRaised raised) {
            alerts.raise(head, raised);
        } else if (change instanceof Change.AlertResolved resolved) {
            alerts.resolve(head, resolved);
        } else if (change instanceof Change.LineageAnnounced news) {
            if (lineage) {
                announced.add(LineageRow.of(run, news));
            }
        } else if (change instanceof Change.CommandDone done) {
            commands.add(new CommandRow(done.commandId(), run));
        } else {
            throw new IllegalStateException(
                    "no way to write a " + change.getClass().getSimpleName());
        }
    }

    void write(Handle handle) {
        execute(handle, WRITE_RUNS, runs.values());
        execute(handle, ADD_STEPS, added);
        execute(handle, EXCHANGE_STEPS, exchanged);
        reports.write(handle, writeProgress(handle));
        execute(handle, REQUEST_PLACES, places);
        decisions.forEach(decided -> publications.write(handle, decided));
        alerts.write(handle);
        execute(handle, ANNOUNCE_LINEAGE, announced);
        execute(handle, FINISH_COMMANDS, commands);
    }

    /** Which reports were not taken in before. */
    private Set<ReportKey> writeProgress(Handle handle) {
        List<ReportRow> reported = reports.rows();
        if (steps.isEmpty() && attempts.isEmpty() && events.isEmpty() && reported.isEmpty()) {
            return Set.of();
        }
        Map<String, String> rows = Map.of(
                "steps", Json.rows(steps.values()),
                "attempts", Json.rows(attempts.values()),
                "events", Json.rows(events),
                "reports", Json.rows(reported));
        Progress written = WRITE_PROGRESS.query(handle, rows, Progress::of).get(0);
        if (written.steps() != steps.size()) {
            throw new IllegalStateException(
                    "steps were written that their runs do not have; the steps are " + steps.keySet());
        }
        return written.reports();
    }

    /** What the statement says it has written. */
    private record Progress(int steps, Set<ReportKey> reports) {
        private static final TypeReference<Set<ReportKey>> KEYS = new TypeReference<>() {};

        static Progress of(Row row) throws SQLException {
            return new Progress(
                    row.integer("steps"),
                    row.document("reports", KEYS, "what was written").orElse(Set.of()));
        }
    }

    private static void execute(Handle handle, String sql, Collection<?> rows) {
        if (!rows.isEmpty()) {
            handle.createUpdate(sql).bind("rows", Json.rows(rows)).execute();
        }
    }
}
