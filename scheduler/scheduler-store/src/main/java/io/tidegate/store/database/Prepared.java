package io.tidegate.store.database;

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
 * the database does. Its parameters are texts. Thread-safe.
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

    /**
     * Runs it.
     *
     * @param values of all parameters, by name
     */
    public <T> List<T> query(Handle handle, Map<String, String> values, Row.Reader<T> reader) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            for (int index = 0; index < parameters.size(); index++) {
                statement.setString(index + 1, values.get(parameters.get(index)));
            }
            try (ResultSet results = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                Row row = Row.of(results);
                while (results.next()) {
                    read.add(reader.read(row));
                }
                return read;
            }
        } catch (SQLException problem) {
            throw new StatementFailure(problem);
        }
    }

    /** What JDBC said, unchecked as everywhere else; {@link Failures} looks at the cause. */
    private static final class StatementFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        StatementFailure(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
