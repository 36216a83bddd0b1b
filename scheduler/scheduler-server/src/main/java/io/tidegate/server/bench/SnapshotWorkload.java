package io.tidegate.server.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a transaction costs that somebody has left open: nothing that is replaced can be cleaned up, so that tables and indexes grow with what
 * nobody may see. Measured after ten times as many runs as one round has, beside the same without.
 */
record SnapshotWorkload(String name) implements Workload {
    private static final int ROUNDS_BEFORE = 10;
    /** A loss of two fifths is what may be. */
    private static final double GOAL = 0.6;

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        ManyRuns many = new ManyRuns(place, "bench-snapshot", sizes.runs());
        try (BenchServer server = many.server("snapshot", List.of(many.declare()))) {
            if (sizes.warmUps() > 0) {
                many.stepsPerSecond();
            }
            int repeats = Math.min(3, sizes.repeats());
            double without = Pair.median(repeats, many::stepsPerSecond);
            try (Connection forgotten = place.connection("")) {
                hold(forgotten);
                for (int round = 0; round < ROUNDS_BEFORE; round++) {
                    many.stepsPerSecond();
                }
                double with = Pair.median(repeats, many::stepsPerSecond);
                return List.of(BenchRow.beside(name, with, "steps/s", without, BenchRow.Goal.atLeast(GOAL)));
            }
        }
    }

    private static void hold(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM run");
        }
    }
}
