package io.tidegate.store.query;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Models with their versions and champions. */
final class ModelDetails {
    private static final String SUMMARIES = Sql.of(ModelDetails.class, "model_summaries");
    private static final String VERSIONS = Sql.of(ModelDetails.class, "model_versions");
    private static final String TRAINING = Sql.of(ModelDetails.class, "model_training");
    private static final String HISTORY = Sql.of(ModelDetails.class, "champion_history");
    private static final int MOST = 200;
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};
    private static final TypeReference<Map<String, Double>> NUMBERS = new TypeReference<>() {};

    private ModelDetails() {}

    static List<DataViews.ModelSummary> summaries(Handle handle, Optional<String> model) {
        Conditions conditions = new Conditions().when(model, "model", "model.name = :model");
        return conditions
                .bind(handle.createQuery(conditions.in(SUMMARIES)))
                .map(Row.reading(ModelDetails::summary))
                .list();
    }

    static Optional<DataViews.ModelDetail> detail(Handle handle, String model) {
        return summaries(handle, Optional.of(model)).stream()
                .findFirst()
                .map(summary -> new DataViews.ModelDetail(summary, versions(handle, model), history(handle, model)));
    }

    private static DataViews.ModelSummary summary(Row row) throws SQLException {
        String model = row.text("name");
        return new DataViews.ModelSummary(
                model,
                row.optionalInteger("champion"),
                row.optionalInstant("since"),
                row.integer("versions"),
                Optional.of(row.text("target")).filter(target -> !target.isEmpty()),
                row.document("dags", NAMES, "model " + model).orElse(List.of()));
    }

    private static List<DataViews.ModelVersionView> versions(Handle handle, String model) {
        Map<Integer, List<DataViews.Partition>> training = training(handle, model);
        return handle.createQuery(VERSIONS)
                .bind("model", model)
                .bind("limit", MOST)
                .map(Row.reading(row -> version(row, training)))
                .list();
    }

    private static Map<Integer, List<DataViews.Partition>> training(Handle handle, String model) {
        record Trained(int version, DataViews.Partition partition) {}
        Map<Integer, List<DataViews.Partition>> training = new HashMap<>();
        handle.createQuery(TRAINING)
                .bind("model", model)
                .bind("limit", MOST)
                .map(Row.reading(row -> new Trained(row.integer("version"), DataViewRows.partition(row))))
                .forEach(trained -> training.computeIfAbsent(trained.version(), missing -> new ArrayList<>())
                        .add(trained.partition()));
        return training;
    }

    private static DataViews.ModelVersionView version(Row row, Map<Integer, List<DataViews.Partition>> training)
            throws SQLException {
        String model = row.text("model");
        int version = row.integer("version");
        String subject = "version " + version + " of model " + model;
        return new DataViews.ModelVersionView(
                model,
                version,
                row.word("state", ModelState.class, subject),
                row.text("reason"),
                row.text("dag"),
                row.uuid("run").toString(),
                row.text("step"),
                row.optionalText("partition"),
                row.text("bundle"),
                row.document("metrics", NUMBERS, subject).orElse(Map.of()),
                row.texts("parameters", subject),
                training.getOrDefault(version, List.of()),
                row.instant("created_at"));
    }

    private static List<DataViews.ChampionChange> history(Handle handle, String model) {
        return handle.createQuery(HISTORY)
                .bind("model", model)
                .bind("limit", MOST)
                .map(Row.reading(row -> new DataViews.ChampionChange(
                        model,
                        row.optionalInteger("from_version"),
                        row.integer("to_version"),
                        row.instant("at"),
                        row.text("actor"),
                        row.text("reason"))))
                .list();
    }
}
