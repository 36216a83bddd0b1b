package io.tidegate.store.database;

import io.tidegate.scheduler.store.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells a database that cannot serve now from a defect, by SQLSTATE (PostgreSQL documentation, appendix A). */
final class Failures {
    /**
     * Serialization failure, deadlock, completion unknown; read-only after a fail-over; ended because the transaction was idle; lock not available;
     * input or output error.
     */
    private static final Set<String> STATES = Set.of("40001", "40P01", "40003", "25006", "25P03", "55P03", "58030");

    /** Connection lost or refused; operator intervention (restart, cancel); resources used up (disk, memory, connections). */
    private static final Set<String> CLASSES = Set.of("08", "57", "53");

    private Failures() {}

    /** What to throw instead of the failure: the same when it is a defect. */
    static RuntimeException translate(RuntimeException failure) {
        if (failure instanceof StoreUnavailableException) {
            return failure;
        }
        return unavailability(failure)
                .<RuntimeException>map(
                        why -> new StoreUnavailableException("the database cannot serve: " + why, failure))
                .orElse(failure);
    }

    private static Optional<String> unavailability(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isUnavailability(sql)) {
                return Optional.of(
                        sql.getMessage() + (sql.getSQLState() == null ? "" : " (SQLSTATE " + sql.getSQLState() + ")"));
            }
            if (cause instanceof IOException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    static boolean isUnavailability(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException) {
            return true;
        }
        String state = failure.getSQLState();
        if (state == null || state.length() != 5) {
            return false;
        }
        return STATES.contains(state) || CLASSES.contains(state.substring(0, 2)) || isPlanOfAnOlderSchema(failure);
    }

    /** While a newer server migrates, statements this one has prepared may fail once and are planned anew on the next call. */
    private static boolean isPlanOfAnOlderSchema(SQLException failure) {
        return "0A000".equals(failure.getSQLState())
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("cached plan");
    }
}
