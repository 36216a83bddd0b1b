package io.tidegate.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the database says, read without the servers.
 *
 * @param attempts every attempt
 * @param runs every run
 */
record Books(List<AttemptRow> attempts, List<RunRow> runs) {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    /** One attempt. */
    record AttemptRow(String key, String run, String step, int number, String executor, Result result) {
        boolean isTerminal() {
            return ENDED.contains(result.state());
        }

        String state() {
            return result.state();
        }
    }

    /**
     * How an attempt stands.
     *
     * @param failure why it failed; empty when it did not
     */
    record Result(String state, String failure, String message) {}

    /**
     * @param owner who works on it and until when its lease is, for people
     */
    record RunRow(String id, String dag, String triggerKey, String state, String owner) {
        boolean isTerminal() {
            return ENDED.contains(state);
        }
    }

    static Books read(Connection connection) throws SQLException {
        return new Books(
                list(
                        connection,
                        "SELECT launch_key, run, step, number, executor, state, coalesce(failure, ''), message FROM attempt",
                        row -> new AttemptRow(
                                row.text(1),
                                row.text(2),
                                row.text(3),
                                row.number(4),
                                row.text(5),
                                new Result(row.text(6), row.text(7), row.text(8)))),
                list(
                        connection,
                        "SELECT run.id, dag, trigger_key, state,"
                                + " coalesce(node.name || ' until ' || lease_until || ' fence ' || fence, 'nobody')"
                                + " FROM run LEFT JOIN node ON node.id = run.owner",
                        row -> new RunRow(row.text(1), row.text(2), row.text(3), row.text(4), row.text(5))));
    }

    /** Lines of a query for people. */
    static List<String> lines(Connection connection, String sql) throws SQLException {
        return list(connection, sql, row -> row.text(1));
    }

    private static <T> List<T> list(Connection connection, String sql, Function<Cells, T> read) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<T> rows = new ArrayList<>();
            Cells cells = new Cells(results);
            while (results.next()) {
                rows.add(read.apply(cells));
            }
            return rows;
        }
    }

    /** The row a query stands at. */
    private record Cells(ResultSet results) {
        String text(int column) {
            try {
                return results.getString(column);
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }

        int number(int column) {
            return Integer.parseInt(text(column));
        }
    }

    /** How many steps of runs had an attempt at least. */
    long steps() {
        return attempts.stream()
                .map(attempt -> attempt.run() + " " + attempt.step())
                .distinct()
                .count();
    }

    Map<String, AttemptRow> byKey() {
        return attempts.stream().collect(Collectors.toMap(AttemptRow::key, Function.identity()));
    }
}
