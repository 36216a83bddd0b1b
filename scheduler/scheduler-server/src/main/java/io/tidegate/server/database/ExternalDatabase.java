package io.tidegate.server.database;

/**
 * A PostgreSQL server that somebody else runs.
 *
 * @param jdbcUrl for example {@code jdbc:postgresql://host/tidegate?user=tidegate}
 */
public record ExternalDatabase(String jdbcUrl) implements Database {
    private static final String PREFIX = "jdbc:postgresql:";

    /** @throws DatabaseException when the address is not one of PostgreSQL */
    public ExternalDatabase {
        if (!jdbcUrl.startsWith(PREFIX)) {
            throw new DatabaseException("--database-url must start with " + PREFIX + ", for example " + PREFIX
                    + "//localhost/tidegate?user=tidegate");
        }
    }

    @Override
    public String description() {
        int query = jdbcUrl.indexOf('?');
        return "PostgreSQL at " + jdbcUrl.substring("jdbc:".length(), query < 0 ? jdbcUrl.length() : query);
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void close() {
        // It is not ours to stop.
    }

    /** Hides what the address may hold beside the place: user and password. */
    @Override
    public String toString() {
        return description();
    }
}
