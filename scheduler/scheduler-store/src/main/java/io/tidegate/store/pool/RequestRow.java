package io.tidegate.store.pool;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.PlaceRequest;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.store.database.Row;
import java.sql.SQLException;

/**
 * A row of a request with what follows from its attempt and run.
 *
 * @param ended whether its attempt is over
 * @param alive whether a server that is alive works on its run
 */
record RequestRow(PlaceRequest request, int number, boolean ended, boolean alive) {
    private static final TypeReference<DemandDocument> DEMAND = new TypeReference<>() {};

    /** A row as it travels to the database. */
    record Move(java.util.UUID run, String step, int number, boolean ended) {}

    static RequestRow of(Row row) throws SQLException {
        String key = row.text("launch_key");
        return new RequestRow(
                new PlaceRequest(
                        new LaunchKey(key),
                        new DagId(row.text("dag")),
                        new RunId(row.uuid("run")),
                        new StepId(row.text("step")),
                        row.document("demand", DEMAND, "the request for places of attempt " + key)
                                .orElseThrow()
                                .demand(),
                        row.instant("created_at"),
                        row.truth("granted")),
                row.integer("number"),
                row.truth("ended"),
                row.truth("alive"));
    }

    Move move() {
        return new Move(request.run().value(), request.step().value(), number, ended);
    }
}
