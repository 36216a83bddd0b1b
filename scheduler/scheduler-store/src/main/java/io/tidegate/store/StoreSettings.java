package io.tidegate.store;

import java.util.Objects;

/**
 * Where the database is and how much of it to use.
 *
 * @param jdbcUrl PostgreSQL URL with user and password as parameters
 * @param workConnections connections for the engine, at least 2
 * @param queryConnections connections for what people ask, at least 1
 * @param lineage whether messages about lineage are put into the outbox, because somebody receives them
 */
public record StoreSettings(String jdbcUrl, int workConnections, int queryConnections, boolean lineage) {
    public StoreSettings {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "the database URL must start with jdbc:postgresql:, for example jdbc:postgresql://localhost/tidegate?user=tidegate");
        }
        if (workConnections < 2 || queryConnections < 1) {
            throw new IllegalArgumentException("at least 2 connections for work and 1 for queries are needed, not "
                    + workConnections + " and " + queryConnections);
        }
    }

    /** With lineage for a receiver. */
    public StoreSettings(String jdbcUrl, int workConnections, int queryConnections) {
        this(jdbcUrl, workConnections, queryConnections, true);
    }

    /** A size for one server on a small machine. */
    public static StoreSettings of(String jdbcUrl) {
        return new StoreSettings(jdbcUrl, 6, 6);
    }

    /** The same where nobody receives lineage. */
    public StoreSettings withoutLineage() {
        return new StoreSettings(jdbcUrl, workConnections, queryConnections, false);
    }
}
