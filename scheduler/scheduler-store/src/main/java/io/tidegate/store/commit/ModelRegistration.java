package io.tidegate.store.commit;

import io.tidegate.dag.name.Names;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.RegisteredModel;
import io.tidegate.store.commit.ReportRows.TrainingRow;
import io.tidegate.store.commit.Reports.Taken;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Gives the models of a report their version numbers. The models are locked. */
final class ModelRegistration {
    private static final String REGISTER_MODEL = Sql.of(ModelRegistration.class, "register_model");
    private static final String INSERT_TRAINING = Sql.of(ModelRegistration.class, "insert_training_partitions");

    private ModelRegistration() {}

    /** Names of models that can be registered. */
    static List<String> legalNames(StepReport report) {
        return report.models().stream()
                .map(RegisteredModel::model)
                .filter(Names::isIdentifier)
                .toList();
    }

    /** What to tell people of models that cannot. */
    static List<String> problems(StepReport report) {
        return report.models().stream()
                .map(RegisteredModel::model)
                .filter(name -> !Names.isIdentifier(name))
                .map(name -> "model '" + name
                        + "' was not registered: a model's name starts with a lower-case letter and holds only"
                        + " lower-case letters, digits and single '-' or '_' between them")
                .toList();
    }

    /** Registers the report's models and gives the newest version of each. */
    static Map<String, Integer> register(Handle handle, Taken taken) {
        Map<String, Integer> versions = new HashMap<>();
        for (RegisteredModel model : taken.change().report().models()) {
            if (Names.isIdentifier(model.model())) {
                int version = insert(handle, taken, model);
                insertTraining(handle, taken, model, version);
                versions.put(model.model(), version);
            }
        }
        return versions;
    }

    private static int insert(Handle handle, Taken taken, RegisteredModel model) {
        return handle.createQuery(REGISTER_MODEL)
                .bind("model", model.model())
                .bind("bundle", Json.clean(model.bundle()))
                .bind("fingerprint", Json.clean(model.fingerprint().orElse("")))
                .bind("dag", taken.head().dag())
                .bind("run", taken.head().id())
                .bind("step", taken.change().step().value())
                .bind("attempt", taken.change().attempt())
                .bind("partition", taken.head().partition().orElse(null))
                .bind("interval_start", taken.head().intervalStart().orElse(null))
                .bind("parameters", Json.write(model.parameters()))
                .bind("metrics", Json.write(model.metrics()))
                .bind("at", taken.change().at())
                .mapTo(int.class)
                .one();
    }

    private static void insertTraining(Handle handle, Taken taken, RegisteredModel model, int version) {
        List<TrainingRow> rows = new ArrayList<>();
        for (StepReport.DatasetUse trained : model.trainedOn()) {
            rows.add(TrainingRow.of(taken, rows.size(), trained));
        }
        if (!rows.isEmpty()) {
            handle.createUpdate(INSERT_TRAINING)
                    .bind("model", model.model())
                    .bind("version", version)
                    .bind("rows", Json.write(rows))
                    .execute();
        }
    }
}
