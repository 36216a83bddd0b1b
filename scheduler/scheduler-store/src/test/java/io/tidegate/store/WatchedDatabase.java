package io.tidegate.store;

import io.tidegate.store.fixture.PostgresExtension;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Ports on one connection that tells which statements were run and which tables were read from end to end. */
final class WatchedDatabase implements AutoCloseable {
    private final Connection connection;
    private final List<String> statements = new ArrayList<>();
    private final PostgresExtension postgres;

    WatchedDatabase(PostgresExtension postgres) throws SQLException {
        this.postgres = postgres;
        this.connection = postgres.dataSource().getConnection();
    }

    PostgresStores stores() {
        return PostgresStores.on(
                proxy(DataSource.class, (name, arguments) -> name.equals("getConnection") ? shared() : null));
    }

    private Connection shared() {
        ClassLoader loader = WatchedDatabase.class.getClassLoader();
        return (Connection) Proxy.newProxyInstance(
                loader, new Class<?>[] {Connection.class}, (same, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (same, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    /** Statements run since the last call. */
    List<String> statements() {
        List<String> run = List.copyOf(statements);
        statements.clear();
        return run;
    }

    /** How often each table was read from end to end, by this connection among others. */
    Map<String, Long> fullReads() throws SQLException {
        try (Statement flush = connection.createStatement()) {
            flush.execute("SELECT pg_stat_force_next_flush()");
        }
        Map<String, Long> reads = new HashMap<>();
        try (Connection other = postgres.dataSource().getConnection();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("SELECT relname, seq_scan FROM pg_stat_user_tables")) {
            while (rows.next()) {
                reads.put(rows.getString(1), rows.getLong(2));
            }
        }
        return reads;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
