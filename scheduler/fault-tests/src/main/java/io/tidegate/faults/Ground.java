package io.tidegate.faults;

import io.tidegate.faults.SoakPlan.PlannedFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Breaks what all servers stand on, database and disk, and puts it right again. */
final class Ground {
    private static final String STORM = """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE application_name LIKE 'tidegate%' AND random() < ?""";
    private static final String LOCK_SOME = "SELECT id FROM run WHERE id = CAST(? AS uuid) FOR UPDATE";
    private static final Duration STORM_EVERY = Duration.ofMillis(200);
    private static final int ROWS = 20;

    private final SoakDatabase database;
    private final Optional<LogDisk> disk;
    private final List<Window> fullDisk = Collections.synchronizedList(new ArrayList<>());

    /** Between two instants, in seconds since 1970. */
    record Window(double from, double to) {
        boolean overlaps(double otherFrom, double otherTo) {
            return otherFrom <= to && from <= otherTo;
        }
    }

    /** Of a database alone. */
    Ground(SoakDatabase database) {
        this(database, Optional.empty());
    }

    Ground(SoakDatabase database, Optional<LogDisk> disk) {
        this.database = database;
        this.disk = disk;
    }

    /** Breaks it, waits as long as planned, and puts it right. */
    void strike(PlannedFault fault) throws IOException, SQLException, InterruptedException {
        switch (fault.fault()) {
            case DATABASE_RESTART, DATABASE_DOWN -> {
                database.crash();
                Timeline.pause(fault.hold());
                database.start();
            }
            case READ_ONLY -> readOnly(fault.hold());
            case CONNECTION_STORM -> storm(fault);
            case ROWS_LOCKED -> lockRows(fault);
            case TABLE_LOCKED ->
                holding(
                        fault.hold(),
                        "LOCK TABLE " + (fault.strength() < 0.5 ? "attempt" : "run") + " IN ACCESS EXCLUSIVE MODE");
            case OLD_SNAPSHOT ->
                holding(fault.hold(), "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM run");
            case DISK_FULL -> fillDisk(fault.hold());
            default -> throw new IllegalArgumentException(fault.fault() + " strikes one server");
        }
    }

    private void readOnly(Duration hold) throws SQLException, InterruptedException {
        try {
            database.execute("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
            Timeline.pause(hold);
        } finally {
            database.execute(
                    "SET default_transaction_read_only = off",
                    "ALTER SYSTEM RESET default_transaction_read_only",
                    "SELECT pg_reload_conf()");
        }
    }

    private void storm(PlannedFault fault) throws SQLException, InterruptedException {
        long end = System.nanoTime() + fault.hold().toNanos();
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(STORM)) {
            while (System.nanoTime() < end) {
                statement.setDouble(1, fault.strength());
                statement.execute();
                Timeline.pause(STORM_EVERY);
            }
        }
    }

    private void holding(Duration hold, String... statements) throws SQLException, InterruptedException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            Timeline.pause(hold);
            connection.rollback();
        }
    }

    /** Locks rows of runs one by one in any order, where the servers lock them in the order of their names. */
    private void lockRows(PlannedFault fault) throws SQLException, InterruptedException {
        Random random = new Random(Double.doubleToLongBits(fault.strength()));
        long end = System.nanoTime() + fault.hold().toNanos();
        while (System.nanoTime() < end) {
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                // Of two that wait for each other, the server is the one that notices and fails.
                connection.createStatement().execute("SET LOCAL deadlock_timeout = '20s'");
                List<String> runs = newestRuns(connection);
                Collections.shuffle(runs, random);
                for (String run : runs) {
                    try (PreparedStatement statement = connection.prepareStatement(LOCK_SOME)) {
                        statement.setString(1, run);
                        statement.execute();
                    }
                }
                connection.rollback();
            }
            Timeline.pause(STORM_EVERY);
        }
    }

    private static List<String> newestRuns(Connection connection) throws SQLException {
        List<String> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                var results = statement.executeQuery("SELECT id FROM run ORDER BY id DESC LIMIT " + ROWS)) {
            while (results.next()) {
                runs.add(results.getString(1));
            }
        }
        return runs;
    }

    private void fillDisk(Duration hold) throws IOException, InterruptedException {
        double from = now();
        Path ballast = disk.orElseThrow().fill();
        try {
            Timeline.pause(hold);
        } finally {
            Files.deleteIfExists(ballast);
            fullDisk.add(new Window(from, now()));
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    /** When the disk with the logs was full: what was written then may be missing. */
    List<Window> fullDisk() {
        return List.copyOf(fullDisk);
    }
}
