package io.tidegate.store.query;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import io.tidegate.store.database.UnreadableRowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;

/** Runs as people see them, from PostgreSQL. Thread-safe. */
public final class PostgresRunQueries implements RunQueries {
    private static final System.Logger LOG = System.getLogger(PostgresRunQueries.class.getName());
    private static final String RUNS = Sql.of(PostgresRunQueries.class, "runs");
    private static final String SCHEDULED_AND_QUEUED = Sql.of(PostgresRunQueries.class, "scheduled_and_queued");
    private static final String UNFINISHED = Sql.of(PostgresRunQueries.class, "unfinished");
    private static final String RECENT_RUNS = Sql.of(PostgresRunQueries.class, "recent_runs");
    private static final String NEWEST_RUNS = Sql.of(PostgresRunQueries.class, "newest_runs");
    private static final String STEPS = Sql.of(PostgresRunQueries.class, "steps");
    private static final String STEP = "SELECT * FROM step_run WHERE run = :run AND step = :step";
    private static final String SUB_RUNS = Sql.of(PostgresRunQueries.class, "sub_runs");
    private static final String ATTEMPTS = Sql.of(PostgresRunQueries.class, "attempts");
    private static final String USES = Sql.of(PostgresRunQueries.class, "uses");
    private static final String EVENTS = Sql.of(PostgresRunQueries.class, "events");
    private static final String METRICS = Sql.of(PostgresRunQueries.class, "metrics");
    private static final String OUTPUTS = Sql.of(PostgresRunQueries.class, "outputs");

    private final Database database;

    public PostgresRunQueries(Database database) {
        this.database = database;
    }

    /** A run that a newer server has written in words this one does not know is left out. */
    @Override
    public Page<RunViews.Summary> runs(
            Optional<String> dag, Optional<RunState> state, Optional<String> after, int limit) {
        Conditions conditions = new Conditions()
                .when(dag, "dag", "dag = :dag")
                .when(state.map(RunState::name), "state", "state = :state")
                .when(after.map(PostgresRunQueries::runKey), "after", "id < :after");
        int most = Keyset.limit(limit);
        List<ListedRun> found = database.with(handle -> conditions
                .bind(handle.createQuery(conditions.in(RUNS)))
                .bind("limit", most + 1)
                .map(Row.reading(ListedRun::of))
                .list());
        return Keyset.page(
                found,
                most,
                shown -> shown.stream().flatMap(run -> run.summary().stream()).toList(),
                run -> run.id().toString());
    }

    @Override
    public Map<DagId, Integer> scheduledAndQueued(Collection<DagId> dags, int most) {
        Map<DagId, Integer> counts = new HashMap<>();
        database.use(handle -> handle.createQuery(SCHEDULED_AND_QUEUED)
                .bind("dags", names(dags))
                .bind("most", most)
                .map(Row.reading(row -> Map.entry(new DagId(row.text("dag")), (int) row.number("runs"))))
                .forEach(count -> counts.put(count.getKey(), count.getValue())));
        return counts;
    }

    @Override
    public Set<DagId> unfinished(Collection<DagId> dags) {
        return database.with(handle -> handle.createQuery(UNFINISHED)
                .bind("dags", names(dags))
                .map(Row.reading(row -> new DagId(row.text("dag"))))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String[] names(Collection<DagId> dags) {
        return dags.stream().map(DagId::value).toArray(String[]::new);
    }

    @Override
    public Map<String, List<RunViews.Summary>> recentRuns(List<String> dags, int limit) {
        List<ListedRun> found = database.with(handle -> handle.createQuery(RECENT_RUNS)
                .bind("dags", Json.write(dags))
                .bind("limit", Keyset.limit(limit))
                .map(Row.reading(ListedRun::of))
                .list());
        Map<String, List<RunViews.Summary>> runs = new HashMap<>();
        found.stream()
                .flatMap(run -> run.summary().stream())
                .forEach(run -> runs.computeIfAbsent(run.dag(), dag -> new ArrayList<>())
                        .add(run));
        return runs;
    }

    /** A row of the list, which may be beyond this version's understanding. */
    private record ListedRun(UUID id, Optional<RunViews.Summary> summary) {
        static ListedRun of(Row row) throws java.sql.SQLException {
            try {
                return new ListedRun(row.uuid("id"), Optional.of(RunViewRows.summary(row)));
            } catch (UnreadableRowException e) {
                LOG.log(System.Logger.Level.WARNING, "a run is left out of a list: {0}", e.getMessage());
                return new ListedRun(row.uuid("id"), Optional.empty());
            }
        }
    }

    private static UUID runKey(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + after + "' is not the 'next' of a page", e);
        }
    }

    @Override
    public Optional<RunViews.Summary> run(RunId run) {
        Conditions conditions = new Conditions().when(Optional.of(run.value()), "id", "id = :id");
        return database.with(handle -> conditions
                .bind(handle.createQuery(conditions.in(RUNS)))
                .bind("limit", 1)
                .map(Row.reading(RunViewRows::summary))
                .findOne());
    }

    @Override
    public List<RunViews.Summary> newestRuns(DagId dag, Instant from, Instant until, int limit) {
        return database.with(handle -> handle.createQuery(NEWEST_RUNS)
                .bind("dag", dag.value())
                .bind("from", from)
                .bind("until", until)
                .bind("limit", limit)
                .map(Row.reading(RunViewRows::summary))
                .list());
    }

    @Override
    public List<RunViews.Step> steps(RunId run) {
        return database.with(handle -> handle.createQuery(STEPS)
                .bind("run", run.value())
                .map(Row.reading(row -> RunViewRows.step(run, row)))
                .list());
    }

    @Override
    public Optional<RunViews.Step> step(RunId run, StepId step) {
        return ofStep(STEP, run, step, Row.reading(row -> RunViewRows.step(run, row))).stream()
                .findFirst();
    }

    @Override
    public Map<StepId, RunViews.SubRun> subRuns(RunId run) {
        Map<StepId, RunViews.SubRun> subRuns = new HashMap<>();
        database.use(handle -> handle.createQuery(SUB_RUNS)
                .bind("run", run.value())
                .map(Row.reading(row -> Map.entry(new StepId(row.text("step")), RunViewRows.subRun(row))))
                .forEach(found -> subRuns.put(found.getKey(), found.getValue())));
        return subRuns;
    }

    @Override
    public Optional<RunViews.Caller> caller(RunId run) {
        return database.with(handle -> handle.createQuery("""
                        SELECT s.parent, s.step, run.dag FROM sub_run s JOIN run ON run.id = s.parent
                        WHERE s.run = :run ORDER BY s.attempt DESC LIMIT 1""")
                .bind("run", run.value())
                .map(Row.reading(
                        row -> new RunViews.Caller(row.uuid("parent").toString(), row.text("dag"), row.text("step"))))
                .findOne());
    }

    @Override
    public List<RunViews.AttemptView> attempts(RunId run, StepId step) {
        return ofStep(ATTEMPTS, run, step, Row.reading(row -> RunViewRows.attempt(run, step, row)));
    }

    @Override
    public List<RunViews.UseView> uses(RunId run, StepId step) {
        return ofStep(USES, run, step, Row.reading(RunViewRows::use));
    }

    private <T> List<T> ofStep(String sql, RunId run, StepId step, RowMapper<T> mapper) {
        return database.with(handle -> handle.createQuery(sql)
                .bind("run", run.value())
                .bind("step", step.value())
                .map(mapper)
                .list());
    }

    @Override
    public List<RunViews.EventView> events(RunId run, long afterId, int limit) {
        return database.with(handle -> handle.createQuery(EVENTS)
                .bind("run", run.value())
                .bind("after", afterId)
                .bind("limit", Keyset.limit(limit))
                .map(Row.reading(RunViewRows::event))
                .list());
    }

    @Override
    public Page<RunViews.MetricView> metrics(MetricFilter filter, Optional<String> after, int limit) {
        Conditions conditions = new Conditions()
                .when(filter.dag(), "dag", "dag = :dag")
                .when(filter.run().map(PostgresRunQueries::filteredRun), "run", "run = :run")
                .when(filter.step(), "step", "step = :step")
                .when(filter.model(), "model", "model = :model")
                .when(filter.name(), "name", "name = :name")
                .when(!filter.withSlices(), "slice_column IS NULL")
                .when(after.map(Keyset::number), "after", "id < :after");
        int most = Keyset.limit(limit);
        record Identified(long id, RunViews.MetricView metric) {}
        List<Identified> found = database.with(handle -> conditions
                .bind(handle.createQuery(conditions.in(METRICS)))
                .bind("limit", most + 1)
                .map(Row.reading(row -> new Identified(row.number("id"), RunViewRows.metric(row))))
                .list());
        return Keyset.page(
                found,
                most,
                shown -> shown.stream().map(Identified::metric).toList(),
                metric -> Long.toString(metric.id()));
    }

    private static UUID filteredRun(String run) {
        try {
            return UUID.fromString(run);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + run + "' is not the id of a run", e);
        }
    }

    @Override
    public Map<String, String> outputs(RunId run, StepId step) {
        return ofStep(OUTPUTS, run, step, Row.reading(row -> row.texts("outputs", "step " + step + " of run " + run)))
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    @Override
    public Optional<AttemptState> attemptState(LaunchKey key) {
        return database.with(handle -> handle.createQuery("SELECT state FROM attempt WHERE launch_key = :key")
                .bind("key", key.value())
                .map(Row.reading(row -> row.word("state", AttemptState.class, "attempt " + key)))
                .findOne());
    }

    @Override
    public Optional<RunViews.AttemptEnd> attemptEnd(LaunchKey key) {
        return database.with(handle -> handle.createQuery(
                        "SELECT executor, finished_at FROM attempt WHERE launch_key = :key AND finished_at IS NOT NULL")
                .bind("key", key.value())
                .map(Row.reading(row -> new RunViews.AttemptEnd(row.text("executor"), row.instant("finished_at"))))
                .findOne());
    }
}
