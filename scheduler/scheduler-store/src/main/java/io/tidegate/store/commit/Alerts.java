package io.tidegate.store.commit;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.change.Change;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Alerts that open and close, in the order they happened; they are rare, so each is a statement of its own. Every success says which alert it
 * would close: where none is open nothing is to be done.
 */
final class Alerts {
    private static final String RAISE = Sql.of(Alerts.class, "raise_alert");
    private static final String RESOLVE = Sql.of(Alerts.class, "resolve_alerts");

    private final List<Consumer<Handle>> statements = new ArrayList<>();

    void raise(RunHead head, Change.AlertRaised raised) {
        Alert alert = raised.alert();
        Instant at = raised.at();
        statements.add(handle -> handle.createUpdate(RAISE)
                .bind("dag", alert.dag().value())
                .bind("problem", Json.clean(alert.problem()))
                .bind("event", alert.event().name())
                .bind("run", alert.run().value())
                .bind("step", alert.step().map(StepId::value).orElse(null))
                .bind("partition", head.partition().orElse(null))
                .bind("message", Json.clean(alert.message()))
                .bind("channels", Json.write(alert.channels()))
                .bind("at", at)
                .execute());
    }

    void resolve(RunHead head, Change.AlertResolved resolved) {
        if (!head.alerted() && statements.isEmpty()) {
            return;
        }
        statements.add(handle -> handle.createUpdate(RESOLVE)
                .bind("dag", resolved.dag().value())
                .bind("problem", Json.clean(resolved.problem()))
                .bind("message", Json.clean(resolved.message()))
                .bind("channels", Json.write(resolved.channels()))
                .bind("at", resolved.at())
                .execute());
    }

    void write(Handle handle) {
        statements.forEach(statement -> statement.accept(handle));
    }
}
