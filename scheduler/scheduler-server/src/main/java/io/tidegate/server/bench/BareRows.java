package io.tidegate.server.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;

/**
 * The limit of the engine: the rows that one hop from step to step must write, written by hand over JDBC into the same tables. These are the
 * step that ended, its attempt, what it reported, the step that begins, its attempt, and five lines of history: an attempt launching, running
 * and ended, a step running and ended. Not thread-safe.
 */
final class BareRows implements AutoCloseable {
    private static final int EVENTS = 5;
    private static final int COLUMNS = 5;
    private static final String DAG = "bench-bare";
    private static final String DIGEST = "0".repeat(64);

    private final Connection connection;
    private final Timestamp now;
    private final PreparedStatement steps;
    private final PreparedStatement ended;
    private final PreparedStatement reported;
    private final PreparedStatement begun;
    private final PreparedStatement events;
    private final int eventColumns;

    /** @param eventsAtOnce lines of history in one statement */
    private BareRows(Connection connection, int eventsAtOnce) throws SQLException {
        this.connection = connection;
        this.eventColumns = eventsAtOnce * COLUMNS;
        connection.setAutoCommit(false);
        now = now(connection);
        declare(connection);
        steps = connection.prepareStatement("""
                UPDATE step_run SET state = ?, attempts = 1, started_at = ?, finished_at = ? WHERE run = ? AND step = ?""");
        ended = connection.prepareStatement("""
                UPDATE attempt SET state = 'SUCCEEDED', external_id = '4711', job_details = CAST('{}' AS jsonb), started_at = ?,
                       finished_at = ?, exit_code = 0 WHERE run = ? AND step = ? AND number = 1""");
        reported = connection.prepareStatement("""
                INSERT INTO attempt_report (run, step, attempt, taken_at, code_digest, parameters, outputs, problems)
                VALUES (?, ?, 1, ?, ?, CAST('{}' AS jsonb), CAST('{}' AS jsonb), CAST('[]' AS jsonb))""");
        begun = connection.prepareStatement("""
                INSERT INTO attempt (run, step, number, launch_key, executor, state, created_at)
                VALUES (?, ?, 1, ?, 'process', 'LAUNCHING', ?)""");
        events = connection.prepareStatement("INSERT INTO run_event (run, at, step, attempt, type, detail) VALUES "
                + ", (?, ?, ?, 1, ?, CAST(? AS jsonb))".repeat(eventsAtOnce).substring(2));
    }

    /** One hop after the other. */
    static BareRows oneByOne(Connection connection) throws SQLException {
        return new BareRows(connection, EVENTS);
    }

    /** Many hops together. */
    static BareRows batched(Connection connection) throws SQLException {
        return new BareRows(connection, 1);
    }

    private static Timestamp now(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT now()")) {
            row.next();
            return row.getTimestamp(1);
        }
    }

    private static void declare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO dag (name, current_version, original_path, removed) VALUES ('" + DAG
                    + "', 'bare', '', true) ON CONFLICT DO NOTHING");
            statement.execute(
                    "INSERT INTO dag_version (dag, hash, source, canonical_form, folder, file_name, created_at)"
                            + " VALUES ('" + DAG + "', 'bare', '', '', '', '', now()) ON CONFLICT DO NOTHING");
        }
        connection.commit();
    }

    /** A run that nobody works on, with as many steps, the first of them launched. */
    private UUID run(int count) throws SQLException {
        UUID run = UUID.randomUUID();
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO run (id, dag, version, trigger_kind, trigger_key, actor, parameters, state, created_at, overlap_policy,
                                 overlap_limit)
                VALUES (?, ?, 'bare', 'MANUAL', ?, 'bench', '{}', 'SUCCEEDED', now(), 'QUEUE', 1)""")) {
            insert.setObject(1, run);
            insert.setString(2, DAG);
            insert.setString(3, run.toString());
            insert.execute();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO step_run (run, step) SELECT ?, 's' || n FROM generate_series(0, ?) n")) {
            insert.setObject(1, run);
            insert.setInt(2, count);
            insert.execute();
        }
        begin(run, 0);
        begun.executeBatch();
        connection.commit();
        return run;
    }

    /** Milliseconds for so many commits, one after the other, each with the rows of one hop. */
    double commits(int hops) throws SQLException {
        UUID run = run(hops);
        long from = System.nanoTime();
        for (int hop = 1; hop <= hops; hop++) {
            add(run, hop);
            write();
        }
        return (System.nanoTime() - from) / 1e6;
    }

    /** Hops per second, the same rows with so many hops in a commit. */
    double batches(int runs, int hops, int batch) throws SQLException {
        UUID[] ids = new UUID[runs];
        for (int each = 0; each < runs; each++) {
            ids[each] = run(hops);
        }
        long from = System.nanoTime();
        int added = 0;
        for (int hop = 1; hop <= hops; hop++) {
            for (UUID run : ids) {
                add(run, hop);
                added++;
                if (added % batch == 0) {
                    write();
                }
            }
        }
        write();
        return added / ((System.nanoTime() - from) / 1e9);
    }

    private void add(UUID run, int hop) throws SQLException {
        String before = "s" + (hop - 1);
        String next = "s" + hop;
        step(run, before, "SUCCEEDED");
        step(run, next, "RUNNING");
        ended.setTimestamp(1, now);
        ended.setTimestamp(2, now);
        ended.setObject(3, run);
        ended.setString(4, before);
        ended.addBatch();
        reported.setObject(1, run);
        reported.setString(2, before);
        reported.setTimestamp(3, now);
        reported.setString(4, DIGEST);
        reported.addBatch();
        begin(run, hop);
        events(run, before, next);
    }

    private void step(UUID run, String step, String state) throws SQLException {
        steps.setString(1, state);
        steps.setTimestamp(2, now);
        steps.setTimestamp(3, now);
        steps.setObject(4, run);
        steps.setString(5, step);
        steps.addBatch();
    }

    private void begin(UUID run, int hop) throws SQLException {
        begun.setObject(1, run);
        begun.setString(2, "s" + hop);
        begun.setString(3, run + "-s" + hop);
        begun.setTimestamp(4, now);
        begun.addBatch();
    }

    private void events(UUID run, String before, String next) throws SQLException {
        String key = "{\"launch_key\":\"" + run + "-" + next + "\",\"executor\":\"process\"}";
        String[][] lines = {
            {before, "attempt_running", key},
            {before, "attempt_succeeded", key},
            {before, "step_succeeded", "{}"},
            {next, "step_running", "{}"},
            {next, "attempt_launching", key}
        };
        int place = 0;
        for (String[] line : lines) {
            events.setObject(++place, run);
            events.setTimestamp(++place, now);
            events.setString(++place, line[0]);
            events.setString(++place, line[1]);
            events.setString(++place, line[2]);
            if (place == eventColumns) {
                events.addBatch();
                place = 0;
            }
        }
    }

    private void write() throws SQLException {
        steps.executeBatch();
        ended.executeBatch();
        reported.executeBatch();
        begun.executeBatch();
        events.executeBatch();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
