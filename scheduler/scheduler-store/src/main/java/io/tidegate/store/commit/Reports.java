package io.tidegate.store.commit;

import io.tidegate.scheduler.change.Change.ReportTaken;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.store.commit.ReportRows.MetricRow;
import io.tidegate.store.commit.ReportRows.ModelUseRow;
import io.tidegate.store.commit.ReportRows.ReportKey;
import io.tidegate.store.commit.ReportRows.UseRow;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Takes in what attempts reported and used, each attempt's once, besides the report itself. Not thread-safe. */
final class Reports {
    private static final String INSERT_USES = Sql.of(Reports.class, "insert_uses");
    private static final String UPDATE_CURRENT = Sql.of(Reports.class, "update_current_partitions");
    private static final String INSERT_METRICS = Sql.of(Reports.class, "insert_metrics");
    private static final String INSERT_MODEL_USES = Sql.of(Reports.class, "insert_model_uses");

    /** A report with the run it belongs to. */
    record Taken(RunHead head, ReportTaken change) {
        ReportKey key() {
            return new ReportKey(head.id(), change.step().value(), change.attempt());
        }
    }

    private final Map<ReportKey, Taken> pending = new LinkedHashMap<>();

    void add(RunHead head, ReportTaken change) {
        Taken taken = new Taken(head, change);
        pending.putIfAbsent(taken.key(), taken);
    }

    /**
     * Writes what the reports say.
     *
     * @param unknown those that were not taken in before
     */
    void write(Handle handle, Set<ReportKey> unknown) {
        List<Taken> fresh = pending.entrySet().stream()
                .filter(entry -> unknown.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        writeUses(handle, fresh);
        writeModelsAndMetrics(handle, fresh);
    }

    private static void writeUses(Handle handle, List<Taken> fresh) {
        List<UseRow> rows = new ArrayList<>();
        boolean writes = false;
        for (Taken taken : fresh) {
            for (PartitionUse use : taken.change().uses()) {
                rows.add(UseRow.of(taken, use));
                writes |= use.direction() == Direction.WRITE;
            }
            rows.addAll(trainingReads(taken));
        }
        execute(handle, INSERT_USES, rows);
        if (writes) {
            handle.createUpdate(UPDATE_CURRENT)
                    .bind("reports", Json.write(fresh.stream().map(Taken::key).toList()))
                    .execute();
        }
    }

    /** What a model was trained on was read, also where the attempt did not say so. */
    private static List<UseRow> trainingReads(Taken taken) {
        List<UseRow> rows = new ArrayList<>();
        for (StepReport.RegisteredModel model : taken.change().report().models()) {
            for (StepReport.DatasetUse trained : model.trainedOn()) {
                declared(taken, trained.dataset()).ifPresent(use -> rows.add(UseRow.trainedOn(taken, use, trained)));
            }
        }
        return rows;
    }

    /** A use of the same dataset, which knows the dataset's DAG and class. */
    static Optional<PartitionUse> declared(Taken taken, String dataset) {
        return taken.change().uses().stream()
                .filter(use -> use.dataset().value().equals(dataset))
                .findFirst();
    }

    private static void writeModelsAndMetrics(Handle handle, List<Taken> fresh) {
        List<MetricRow> metrics = new ArrayList<>();
        List<ModelUseRow> uses = new ArrayList<>();
        for (Taken taken : fresh) {
            Map<String, Integer> registered = ModelRegistration.register(handle, taken);
            ModelVersions versions = new ModelVersions(handle, taken, registered);
            for (StepReport.Metric metric : taken.change().report().metrics()) {
                metrics.add(MetricRow.of(taken, metric, versions.measured(metric), versions.isComparison(metric)));
            }
            uses.addAll(versions.uses());
        }
        execute(handle, INSERT_METRICS, metrics);
        execute(handle, INSERT_MODEL_USES, uses);
    }

    private static void execute(Handle handle, String sql, Collection<?> rows) {
        if (!rows.isEmpty()) {
            handle.createUpdate(sql).bind("rows", Json.write(rows)).execute();
        }
    }
}
