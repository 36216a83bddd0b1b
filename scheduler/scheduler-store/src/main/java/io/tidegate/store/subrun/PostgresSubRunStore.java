package io.tidegate.store.subrun;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.SubRunStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs that steps of other runs started, in PostgreSQL. Thread-safe. */
public final class PostgresSubRunStore implements SubRunStore {
    private static final String ORIGIN = Sql.of(PostgresSubRunStore.class, "origin");
    private static final String UNFINISHED = Sql.of(PostgresSubRunStore.class, "unfinished");
    private static final String TIE = Sql.of(PostgresSubRunStore.class, "tie");
    private static final String FIND = Sql.of(PostgresSubRunStore.class, "find");
    private static final String GOING = Sql.of(PostgresSubRunStore.class, "going");
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private final Database database;

    public PostgresSubRunStore(Database database) {
        this.database = database;
    }

    private record Outer(DagId dag, Optional<DataInterval> interval) {
        static Outer of(Row row) throws SQLException {
            return new Outer(
                    new DagId(row.text("dag")),
                    row.optionalInstant("interval_start").isEmpty()
                            ? Optional.empty()
                            : Optional.of(new DataInterval(
                                    row.instant("interval_start"),
                                    row.instant("interval_end"),
                                    ZoneId.of(row.text("interval_zone")))));
        }
    }

    @Override
    public Optional<Origin> origin(RunId run) {
        List<Outer> outwards = database.with(handle -> handle.createQuery(ORIGIN)
                .bind("run", run.value())
                .map(Row.reading(Outer::of))
                .list());
        return outwards.stream()
                .findFirst()
                .map(own -> new Origin(
                        own.interval(), outwards.stream().map(Outer::dag).toList()));
    }

    private record Unfinished(RunId run, RunState state) {
        static Unfinished of(Row row) throws SQLException {
            RunId run = new RunId(row.uuid("id"));
            return new Unfinished(run, row.word("state", RunState.class, "run " + run));
        }
    }

    @Override
    public Optional<RunId> goOn(Caller caller, Ties ties, Run wanted) {
        return database.inTransaction(handle -> {
            Optional<Unfinished> earlier = handle.createQuery(UNFINISHED)
                    .bind("parent", caller.run().value())
                    .bind("step", caller.step().value())
                    .bind("attempt", caller.attempt())
                    .bind("dag", wanted.version().dag().value())
                    .bind("version", wanted.version().hash())
                    .bind("parameters", Json.write(wanted.parameters()))
                    .bind(
                            "interval_start",
                            wanted.interval().map(DataInterval::start).orElse(null))
                    .bind(
                            "interval_end",
                            wanted.interval().map(DataInterval::end).orElse(null))
                    .map(Row.reading(Unfinished::of))
                    .findOne();
            earlier.ifPresent(found -> {
                boolean tied = tie(handle, caller, ties, found.run());
                if (tied && (found.state() == RunState.FAILED || found.state() == RunState.CANCELLED)) {
                    askForTheRest(handle, caller, found.run());
                }
            });
            return earlier.map(Unfinished::run);
        });
    }

    private static void askForTheRest(Handle handle, Caller caller, RunId run) {
        handle.createUpdate("INSERT INTO command (run, type, actor, reason) VALUES (:run, :type, :actor, :reason)")
                .bind("run", run.value())
                .bind("type", CommandStore.Type.RERUN_FAILED.name())
                .bind("actor", "attempt " + caller.key())
                .bind("reason", "the step that runs this DAG is tried again")
                .execute();
    }

    @Override
    public void tie(Caller caller, Ties ties, RunId run) {
        database.use(handle -> tie(handle, caller, ties, run));
    }

    private static boolean tie(Handle handle, Caller caller, Ties ties, RunId run) {
        Map<String, String> takes = new HashMap<>();
        ties.takes().forEach((name, taken) -> takes.put(name, taken.toString()));
        return handle.createUpdate(TIE)
                        .bind("key", caller.key().value())
                        .bind("parent", caller.run().value())
                        .bind("step", caller.step().value())
                        .bind("attempt", caller.attempt())
                        .bind("run", run.value())
                        .bind("takes", Json.write(takes))
                        .bind("waits", ties.waits())
                        .execute()
                == 1;
    }

    @Override
    public List<SubRun> find(Collection<LaunchKey> keys) {
        return database.with(handle -> handle.createQuery(FIND)
                .bind("keys", Json.write(keys.stream().map(LaunchKey::value).toList()))
                .map(Row.reading(PostgresSubRunStore::subRun))
                .list());
    }

    @Override
    public List<SubRun> going() {
        return database.with(handle -> handle.createQuery(GOING)
                .map(Row.reading(PostgresSubRunStore::subRun))
                .list());
    }

    private static SubRun subRun(Row row) throws SQLException {
        LaunchKey key = new LaunchKey(row.text("launch_key"));
        String subject = "the run of attempt " + key;
        Map<String, OutputReference> takes = new HashMap<>();
        row.texts("takes", subject)
                .forEach((name, taken) -> OutputReference.of(taken).ifPresent(found -> takes.put(name, found)));
        return new SubRun(
                key,
                new RunId(row.uuid("run")),
                new DagId(row.text("dag")),
                row.word("state", RunState.class, subject),
                row.truth("commanded"),
                row.document("failed", NAMES, subject).orElse(List.of()),
                new Ties(takes, row.truth("waits")),
                row.instant("tied_at"));
    }
}
