package io.tidegate.store.model;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.ResolutionReads;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What steps need before they start, from PostgreSQL. Thread-safe. */
public final class PostgresResolutionReads implements ResolutionReads {
    private static final String CHAMPION = Sql.of(PostgresResolutionReads.class, "champion");
    private static final String CHALLENGER = Sql.of(PostgresResolutionReads.class, "challenger");
    private static final String HISTORY = Sql.of(PostgresResolutionReads.class, "history");
    private static final String STEP_METRICS = Sql.of(PostgresResolutionReads.class, "step_metrics");
    private static final String STEP_OUTPUTS = Sql.of(PostgresResolutionReads.class, "step_outputs");
    private static final String ITEM_OUTPUTS = Sql.of(PostgresResolutionReads.class, "item_outputs");
    private static final String PAST = Sql.of(PostgresResolutionReads.class, "past");
    private static final String PARTITIONS = Sql.of(PostgresResolutionReads.class, "partitions");

    private final Database database;

    public PostgresResolutionReads(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ModelVersion> champion(ModelName model) {
        return database.with(handle -> handle.createQuery(CHAMPION)
                .bind("model", model.value())
                .map(Row.reading(ModelRows::version))
                .findOne());
    }

    @Override
    public Optional<ModelVersion> challenger(ModelName model, RunId run) {
        return database.with(handle -> handle.createQuery(CHALLENGER)
                .bind("model", model.value())
                .bind("run", run.value())
                .map(Row.reading(ModelRows::version))
                .findOne());
    }

    @Override
    public List<MetricPoint> history(ModelName model, String metric, Instant upTo, int limit) {
        List<MetricPoint> newestFirst = database.with(handle -> handle.createQuery(HISTORY)
                .bind("model", model.value())
                .bind("metric", metric)
                .bind("up_to", upTo)
                .bind("limit", limit)
                .map(Row.reading(row -> new MetricPoint(
                        row.text("partition"),
                        row.instant("interval_start"),
                        row.decimal("value"),
                        row.number("samples"))))
                .list());
        List<MetricPoint> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return List.copyOf(oldestFirst);
    }

    @Override
    public Optional<Instant> lastTraining(ModelName model, Instant before) {
        String sql = "SELECT max(interval_start) AS newest FROM model_version WHERE model = :model AND interval_start <"
                + " :before";
        return database.with(handle -> handle.createQuery(sql)
                .bind("model", model.value())
                .bind("before", before)
                .map(Row.reading(row -> row.optionalInstant("newest")))
                .one());
    }

    @Override
    public List<StepReport.Metric> metrics(RunId run, StepId step) {
        return database.with(handle -> handle.createQuery(STEP_METRICS)
                .bind("run", run.value())
                .bind("step", step.value())
                .map(Row.reading(row -> metric(row, "a metric of step " + step + " of run " + run)))
                .list());
    }

    @Override
    public Map<String, String> outputs(RunId run, StepId step) {
        return database.with(handle -> handle.createQuery(STEP_OUTPUTS)
                .bind("run", run.value())
                .bind("step", step.value())
                .map(Row.reading(row -> row.texts("outputs", "step " + step + " of run " + run)))
                .findOne()
                .orElse(Map.of()));
    }

    @Override
    public List<Map<String, String>> itemOutputs(RunId run, StepId step) {
        return database.with(handle -> handle.createQuery(ITEM_OUTPUTS)
                .bind("run", run.value())
                .bind("items", step.value().replace("_", "\\_") + ".%")
                .map(Row.reading(row -> row.texts("outputs", "items of step " + step + " of run " + run)))
                .list());
    }

    @Override
    public Past past(DagId dag, Instant intervalStart, StepId step) {
        return database.with(handle -> handle.createQuery(PAST)
                .bind("dag", dag.value())
                .bind("interval_start", intervalStart)
                .bind("step", step.value())
                .map(Row.reading(row -> new Past(
                        row.truth("has_earlier_run"),
                        row.truth("has_run"),
                        row.optionalWord("state", StepState.class, "step " + step + " of " + dag))))
                .one());
    }

    @Override
    public List<PartitionUse> partitions(DagId dag, DatasetName dataset, List<String> partitions) {
        return database.with(handle -> handle.createQuery(PARTITIONS)
                .bind("dag", dag.value())
                .bind("dataset", dataset.value())
                .bind("partitions", Json.write(partitions))
                .map(Row.reading(row -> use(dag, dataset, row)))
                .list());
    }

    private static StepReport.Metric metric(Row row, String subject) throws SQLException {
        Optional<String> column = row.optionalText("slice_column");
        Optional<String> value = row.optionalText("slice_value");
        return new StepReport.Metric(
                row.text("name"),
                row.decimal("value"),
                row.number("samples"),
                new StepReport.Subject(
                        row.optionalText("dataset"),
                        row.optionalText("model"),
                        row.optionalWord("role", ModelRole.class, subject),
                        column.map(name -> new StepReport.Slice(name, value.orElse("")))));
    }

    private static PartitionUse use(DagId dag, DatasetName dataset, Row row) throws SQLException {
        String partition = row.text("partition");
        return new PartitionUse(
                StepReport.Direction.WRITE,
                dag,
                dataset,
                row.word("data_class", DataClass.class, "partition " + partition + " of " + dag + "/" + dataset),
                partition,
                row.text("uri"),
                new PartitionUse.Content(
                        row.optionalText("fingerprint"),
                        row.optionalNumber("row_count"),
                        row.optionalNumber("byte_count")));
    }
}
