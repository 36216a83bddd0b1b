package io.tidegate.store.commit;

import io.tidegate.store.database.Prepared;
import io.tidegate.store.database.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a writer must know of a run it has locked.
 *
 * @param alerted whether its DAG has open alerts
 * @param transaction the database's number of the transaction that holds the lock
 */
record RunHead(
        UUID id,
        long fence,
        String dag,
        Optional<String> partition,
        Optional<Instant> intervalStart,
        boolean alerted,
        String transaction) {
    /** Reads the heads of the runs that {@code ids} lists, and locks them. */
    static final Prepared LOCK = Prepared.of(RunHead.class, "lock_runs");

    static RunHead of(Row row) throws SQLException {
        return new RunHead(
                row.uuid("id"),
                row.number("fence"),
                row.text("dag"),
                row.optionalText("partition"),
                row.optionalInstant("interval_start"),
                row.truth("alerted"),
                row.text("transaction"));
    }
}
