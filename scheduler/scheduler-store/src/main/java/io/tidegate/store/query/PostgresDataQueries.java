package io.tidegate.store.query;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import io.tidegate.store.lineage.LineageQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Partitions, models, lineage, alerts and versions as people see them, from PostgreSQL. Thread-safe. */
public final class PostgresDataQueries implements DataQueries {
    private static final String PARTITIONS = Sql.of(PostgresDataQueries.class, "partitions");
    private static final String DATASET_COUNTS = Sql.of(PostgresDataQueries.class, "dataset_counts");
    private static final String ALERTS = Sql.of(PostgresDataQueries.class, "alerts");
    private static final String VERSIONS = Sql.of(PostgresDataQueries.class, "versions");

    private final Database database;

    public PostgresDataQueries(Database database) {
        this.database = database;
    }

    @Override
    public List<DataViews.Partition> partitions(DagId dag, DatasetName dataset, int limit) {
        return database.with(handle -> handle.createQuery(PARTITIONS)
                .bind("dag", dag.value())
                .bind("dataset", dataset.value())
                .bind("limit", Keyset.limit(limit))
                .map(Row.reading(DataViewRows::partition))
                .list());
    }

    @Override
    public Map<String, DatasetCount> datasetCounts() {
        record Counted(String name, DatasetCount count) {}
        Map<String, DatasetCount> counts = new LinkedHashMap<>();
        database.use(handle -> handle.createQuery(DATASET_COUNTS)
                .map(Row.reading(row -> new Counted(
                        row.text("dag") + "/" + row.text("dataset"),
                        new DatasetCount(row.integer("partitions"), row.optionalInstant("newest_at")))))
                .forEach(counted -> counts.put(counted.name(), counted.count())));
        return counts;
    }

    @Override
    public List<DataViews.ModelSummary> models() {
        return database.with(handle -> ModelDetails.summaries(handle, Optional.empty()));
    }

    /** At most the newest 200 versions and 200 changes of champion. */
    @Override
    public Optional<DataViews.ModelDetail> model(ModelName model) {
        return database.inSnapshot(handle -> ModelDetails.detail(handle, model.value()));
    }

    /**
     * Also understands the short forms {@code NAME} and {@code NAME@PARTITION} of a dataset when only one DAG has written one of that name.
     *
     * @throws IllegalArgumentException when the short form fits several datasets, or the id has no legal form
     */
    @Override
    public Optional<DataViews.Lineage> lineage(String node, boolean upstream, boolean downstream, int maximumNodes) {
        return database.inSnapshot(handle -> new LineageQuery(handle, maximumNodes).from(node, upstream, downstream));
    }

    @Override
    public List<DataViews.AlertView> alerts(boolean openOnly, int limit) {
        return alerts(new Conditions().when(openOnly, "state = 'OPEN'"), limit);
    }

    @Override
    public Optional<DataViews.AlertView> alert(long id) {
        return alerts(new Conditions().when(Optional.of(id), "id", "id = :id"), 1).stream()
                .findFirst();
    }

    private List<DataViews.AlertView> alerts(Conditions conditions, int limit) {
        return database.with(handle -> conditions
                .bind(handle.createQuery(conditions.in(ALERTS)))
                .bind("limit", Keyset.limit(limit))
                .map(Row.reading(DataViewRows::alert))
                .list());
    }

    @Override
    public List<DagViews.VersionView> versions(DagId dag, int limit) {
        return database.with(handle -> handle.createQuery(VERSIONS)
                .bind("dag", dag.value())
                .bind("limit", Keyset.limit(limit))
                .map(Row.reading(row -> new DagViews.VersionView(
                        row.text("hash"), row.number("number"), row.instant("created_at"), row.truth("current"))))
                .list());
    }
}
