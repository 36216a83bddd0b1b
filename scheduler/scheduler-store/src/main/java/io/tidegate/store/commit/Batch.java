package io.tidegate.store.commit;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.store.commit.ReportRows.ReportKey;
import io.tidegate.store.commit.Rows.AddedRow;
import io.tidegate.store.commit.Rows.CommandRow;
import io.tidegate.store.commit.Rows.ExchangedStepRow;
import io.tidegate.store.commit.Rows.LineageRow;
import io.tidegate.store.commit.Rows.PlacesRow;
import io.tidegate.store.commit.Rows.RunRow;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What passed the checks and is not {@link Progress}, gathered by table. Of several changes of one row the last one is written. Not thread-safe. */
final class Batch {
    private static final String WRITE_RUNS = Sql.of(Batch.class, "write_runs");
    private static final String EXCHANGE_STEPS = Sql.of(Batch.class, "exchange_steps");
    private static final String ADD_STEPS = Sql.of(Batch.class, "add_steps");
    private static final String REQUEST_PLACES = Sql.of(Batch.class, "request_places");
    private static final String ANNOUNCE_LINEAGE = Sql.of(Batch.class, "announce_lineage");
    private static final String FINISH_COMMANDS = Sql.of(Batch.class, "finish_commands");

    private final Map<UUID, RunRow> runs = new LinkedHashMap<>();
    private final List<AddedRow> added = new ArrayList<>();
    private final List<ExchangedStepRow> exchanged = new ArrayList<>();
    private final List<PlacesRow> places = new ArrayList<>();
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
        } else if (change instanceof Change.StepsExchanged exchange) {
            ExchangedStepRow.of(run, exchange).forEach(exchanged::add);
        } else if (change instanceof Change.PlacesRequested requested) {
            places.add(PlacesRow.of(run, requested));
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
        } else if (!Progress.takes(change)) {
            throw new IllegalStateException(
                    "no way to write a " + change.getClass().getSimpleName());
        }
    }

    /** Writes what must be there before progress is written. */
    void begin(Handle handle) {
        execute(handle, ADD_STEPS, added);
        execute(handle, EXCHANGE_STEPS, exchanged);
    }

    /**
     * Writes the rest.
     *
     * @param unknown reports that were not taken in before
     */
    void end(Handle handle, Set<ReportKey> unknown) {
        execute(handle, WRITE_RUNS, runs.values());
        reports.write(handle, unknown);
        execute(handle, REQUEST_PLACES, places);
        decisions.forEach(decided -> publications.write(handle, decided));
        alerts.write(handle);
        execute(handle, ANNOUNCE_LINEAGE, announced);
        execute(handle, FINISH_COMMANDS, commands);
    }

    private static void execute(Handle handle, String sql, Collection<?> rows) {
        if (!rows.isEmpty()) {
            handle.createUpdate(sql).bind("rows", Json.rows(rows)).execute();
        }
    }
}
