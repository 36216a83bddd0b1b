package io.tidegate.server.sensor;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.storage.sensor.Probe;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Waits for a row in a database of the configuration. The query runs in a transaction that the database itself keeps from writing, for some
 * seconds at most; a connection is open for one look. What the row says is told to nobody.
 */
public final class SqlProbe implements Probe {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final int LONGEST_SECONDS = 20;

    private final Map<String, Database> databases;

    /**
     * A database that may be asked.
     *
     * @param url JDBC address
     * @param password looked up for each connection, so that it may change
     */
    public record Database(String url, Optional<String> user, Supplier<Optional<String>> password) {}

    /** @param databases by the names that DAGs use */
    public SqlProbe(Map<String, Database> databases) {
        this.databases = Map.copyOf(databases);
    }

    @Override
    public Optional<String> refusal(Map<String, String> condition) {
        String name = condition.get(Conditions.CONNECTION);
        if (condition.get(Conditions.QUERY).indexOf(';') >= 0) {
            // What comes after it would be a transaction of its own.
            return Optional.of("a query is one statement, without ';'");
        }
        return databases.containsKey(name)
                ? Optional.empty()
                : Optional.of("the configuration of this server has no database '" + name + "' in sensors.databases");
    }

    @Override
    public Sighting look(Map<String, String> condition, Instant now) throws IOException {
        Optional<String> refusal = refusal(condition);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        Database database = databases.get(condition.get(Conditions.CONNECTION));
        List<String> values = JSON.readValue(condition.get(Conditions.VALUES), TEXTS);
        try (Connection connection = DriverManager.getConnection(database.url(), properties(database))) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(condition.get(Conditions.QUERY))) {
                query.setQueryTimeout(LONGEST_SECONDS);
                query.setMaxRows(1);
                for (int position = 0; position < values.size(); position++) {
                    // Of no type, so that the database takes it for what it is compared with.
                    query.setObject(position + 1, values.get(position), Types.OTHER);
                }
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next()
                            ? new Sighting(true, "the query gives a row")
                            : new Sighting(false, "no row yet");
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    private static Properties properties(Database database) {
        Properties properties = new Properties();
        database.user().ifPresent(user -> properties.setProperty("user", user));
        database.password().get().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", Integer.toString(LONGEST_SECONDS));
        properties.setProperty("socketTimeout", Integer.toString(2 * LONGEST_SECONDS));
        properties.setProperty("options", "-c default_transaction_read_only=on");
        properties.setProperty("ApplicationName", "tidegate-sensor");
        return properties;
    }
}
