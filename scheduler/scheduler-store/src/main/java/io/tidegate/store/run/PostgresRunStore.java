package io.tidegate.store.run;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.store.commit.GroupCommit;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Runs in PostgreSQL. Thread-safe. */
public final class PostgresRunStore implements RunStore {
    private static final String CREATE_RUN = Sql.of(PostgresRunStore.class, "create_run");
    private static final String CREATE_STEPS = Sql.of(PostgresRunStore.class, "create_steps");
    private static final String RELEASE = Sql.of(PostgresRunStore.class, "release");

    private static final String CREATE_RUNS = Sql.of(PostgresRunStore.class, "create_runs");
    private static final String ADVANCE_SCHEDULES = Sql.of(PostgresRunStore.class, "advance_schedules");

    private final Database database;
    private final Database claims;
    private final GroupCommit groupCommit;

    /**
     * @param claims for taking runs over
     * @param groupCommit writes what happens to runs, on a connection of its own
     */
    public PostgresRunStore(Database database, Database claims, GroupCommit groupCommit) {
        this.database = database;
        this.claims = claims;
        this.groupCommit = groupCommit;
    }

    @Override
    public CreatedRun createIfAbsent(Run run, List<StepId> steps, Overlap overlap) {
        return database.inTransaction(handle -> {
            if (insert(handle, run, overlap)) {
                handle.createUpdate(CREATE_STEPS)
                        .bind("run", run.id().value())
                        .bind("steps", steps.stream().map(StepId::value).toArray(String[]::new))
                        .bind("created_at", run.progress().createdAt())
                        .bind("detail", Json.write(creation(run)))
                        .execute();
                return new CreatedRun(run.id(), true);
            }
            UUID present = handle.createQuery("SELECT id FROM run WHERE dag = :dag AND trigger_key = :trigger_key")
                    .bind("dag", run.version().dag().value())
                    .bind("trigger_key", run.trigger().key())
                    .map(Row.reading(row -> row.uuid("id")))
                    .one();
            return new CreatedRun(new RunId(present), false);
        });
    }

    private static boolean insert(Handle handle, Run run, Overlap overlap) {
        Optional<DataInterval> interval = run.interval();
        Update insert = handle.createUpdate(CREATE_RUN)
                .bind("id", run.id().value())
                .bind("dag", run.version().dag().value())
                .bind("version", run.version().hash())
                .bind("trigger_kind", run.trigger().kind().name())
                .bind("trigger_key", run.trigger().key())
                .bind("actor", run.trigger().actor())
                .bind("interval_start", interval.map(DataInterval::start).orElse(null))
                .bind("interval_end", interval.map(DataInterval::end).orElse(null))
                .bind(
                        "interval_zone",
                        interval.map(found -> found.zone().getId()).orElse(null))
                .bind("partition", interval.map(DataInterval::partition).orElse(null))
                .bind("parameters", Json.write(run.parameters()))
                .bind("reason", run.progress().reason())
                .bind("created_at", run.progress().createdAt())
                .bind("overlap_policy", overlap.policy().name())
                .bind("overlap_limit", overlap.limit());
        return insert.execute() == 1;
    }

    @Override
    public void createIfAbsent(List<NewRun> runs, Map<DagId, Instant> decidedUpTo) {
        String wanted = Json.rows(runs.stream().map(NewRunRow::of).toList());
        String marks = Json.rows(decidedUpTo.entrySet().stream()
                .map(mark -> new MarkRow(mark.getKey().value(), mark.getValue()))
                .toList());
        database.inTransaction(handle -> {
            if (!runs.isEmpty()) {
                handle.createUpdate(CREATE_RUNS).bind("rows", wanted).execute();
            }
            if (!decidedUpTo.isEmpty()) {
                handle.createUpdate(ADVANCE_SCHEDULES).bind("rows", marks).execute();
            }
            return true;
        });
    }

    private record MarkRow(String dag, Instant upTo) {}

    static Map<String, String> creation(Run run) {
        return Map.of(
                "trigger", run.trigger().kind().name().toLowerCase(java.util.Locale.ROOT),
                "actor", run.trigger().actor());
    }

    @Override
    public List<ClaimedRun> claim(NodeId node, Wish wish) {
        return claims.inTransaction(handle -> new Claim(handle, node, wish).take());
    }

    @Override
    public List<ClaimedRun> owned(NodeId node) {
        return claims.inTransaction(handle -> {
            // A take-over keeps the row of its node as it is, by the foreign key, until it is over. Not got: it goes
            // on.
            handle.createQuery("SELECT id FROM node WHERE id = :node FOR UPDATE NOWAIT")
                    .bind("node", node.value())
                    .map(Row.reading(row -> row.uuid("id")))
                    .findOne();
            return handle.createQuery("SELECT id, fence FROM run WHERE owner = :node ORDER BY id")
                    .bind("node", node.value())
                    .map(Row.reading(Claim::claimed))
                    .list();
        });
    }

    @Override
    public void release(RunId run, long fence) {
        database.use(handle -> handle.createUpdate(RELEASE)
                .bind("run", run.value())
                .bind("fence", fence)
                .execute());
    }

    @Override
    public Map<RunId, RunSnapshot> load(Collection<RunId> wanted) {
        return claims.inSnapshot(handle -> RunRows.load(handle, wanted));
    }

    @Override
    public List<CommitOutcome> commit(List<RunCommit> commits) {
        return commits.isEmpty() ? List.of() : groupCommit.write(commits);
    }
}
