package io.tidegate.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * A statement of the path that every step takes, run by JDBC alone: all that a mapper of rows and parameters does on the way would take as long as
 * the database does. Its parameters are texts and arrays of texts or whole numbers ({@link Columns}). Thread-safe.
 */
public final class Prepared {
    /** A colon and a name; two colons would be a cast, which the project writes as CAST. */
    private static final Pattern PARAMETER = Pattern.compile(":([a-z_]+)");

    private final String sql;
    private final List<String> parameters;

    private Prepared(String sql, List<String> parameters) {
        this.sql = sql;
        this.parameters = parameters;
    }

    /** A statement from its file, like {@link Sql#of}. */
    public static Prepared of(Class<?> neighbour, String name) {
        Matcher found = PARAMETER.matcher(Sql.of(neighbour, name));
        List<String> parameters = new ArrayList<>();
        String sql = found.replaceAll(match -> {
            parameters.add(match.group(1));
            return "?";
        });
        return new Prepared(sql, List.copyOf(parameters));
    }

    /** This statement and after it another one, in one round trip. The second sees what was committed before it begins, and not before the first does. */
    public Prepared then(Prepared next) {
        List<String> both = new ArrayList<>(parameters);
        both.addAll(next.parameters);
        return new Prepared(sql + ";\n" + next.sql, List.copyOf(both));
    }

    /**
     * Runs it.
     *
     * @param values of all parameters, by name
     */
    public <T> List<T> query(Handle handle, Map<String, ?> values, Row.Reader<T> reader) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            set(statement, values);
            try (ResultSet results = statement.executeQuery()) {
                return read(results, reader);
            }
        } catch (SQLException problem) {
            throw new StatementFailure(problem);
        }
    }

    /**
     * Runs two statements that were put together by {@link #then}.
     *
     * @param values of all parameters of both, by name
     */
    public <F, S> Results<F, S> query(Handle handle, Map<String, ?> values, Row.Reader<F> first, Row.Reader<S> second) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            set(statement, values);
            statement.execute();
            List<F> before = read(statement.getResultSet(), first);
            if (!statement.getMoreResults()) {
                throw new IllegalStateException("there are no two statements in: " + sql);
            }
            return new Results<>(before, read(statement.getResultSet(), second));
        } catch (SQLException problem) {
            throw new StatementFailure(problem);
        }
    }

    /**
     * The rows of two statements.
     *
     * @param <F> a row of the first
     * @param <S> a row of the second
     */
    public record Results<F, S>(List<F> first, List<S> second) {}

    private void set(PreparedStatement statement, Map<String, ?> values) throws SQLException {
        Connection connection = statement.getConnection();
        for (int index = 0; index < parameters.size(); index++) {
            Object value = values.get(parameters.get(index));
            if (value instanceof String[] texts) {
                statement.setArray(index + 1, connection.createArrayOf("text", texts));
            } else if (value instanceof Integer[] numbers) {
                statement.setArray(index + 1, connection.createArrayOf("int4", numbers));
            } else if (value instanceof String text) {
                statement.setString(index + 1, text);
            } else {
                throw new IllegalArgumentException("no value for parameter '" + parameters.get(index) + "': " + value);
            }
        }
    }

    private static <T> List<T> read(ResultSet results, Row.Reader<T> reader) throws SQLException {
        List<T> read = new ArrayList<>();
        Row row = Row.of(results);
        while (results.next()) {
            read.add(reader.read(row));
        }
        return read;
    }

    /** What JDBC said, unchecked as everywhere else; {@link Failures} looks at the cause. */
    private static final class StatementFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        StatementFailure(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
