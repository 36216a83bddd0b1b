package io.tidegate.store.model;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.store.database.Row;
import java.sql.SQLException;

/** Model versions from rows. */
final class ModelRows {
    private ModelRows() {}

    static ModelVersion version(Row row) throws SQLException {
        String model = row.text("model");
        int version = row.integer("version");
        return new ModelVersion(
                new ModelName(model),
                version,
                row.word("state", ModelState.class, "version " + version + " of model " + model),
                row.text("bundle"),
                row.text("fingerprint"),
                new RunId(row.uuid("run")),
                new StepId(row.text("step")));
    }
}
