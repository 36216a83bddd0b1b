package io.tidegate.store.signal;

import io.tidegate.scheduler.node.NodeSignal;
import io.tidegate.store.database.Pools;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Measures what waking other nodes costs: commits a second of several connections that each change a row, without a word, with a NOTIFY in each
 * transaction, and with the signals of this package beside them. Its name keeps it out of the test command: it takes half a minute and tells
 * figures of a machine. Run with {@code -Dtest=SignalCost}; full durability.
 */
final class SignalCost {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 3;
    private static final Duration LENGTH = Duration.ofSeconds(3);

    @Test
    void measure() throws Exception {
        try (EmbeddedPostgres server = durable()) {
            DataSource database = server.getPostgresDatabase();
            try (Connection connection = database.getConnection();
                    PreparedStatement create = connection.prepareStatement("CREATE TABLE hop AS SELECT id, 0 AS state"
                            + " FROM generate_series(1, " + WRITERS + ") AS id")) {
                create.execute();
            }
            String url = server.getJdbcUrl("postgres", "postgres");
            try (PostgresSignals speaker = new PostgresSignals(Pools.single(url));
                    PostgresSignals hearer = new PostgresSignals(Pools.single(url))) {
                hearer.listen(heard -> {});
                commits(database, false, () -> {});
                for (int round = 1; round <= ROUNDS; round++) {
                    System.out.printf(
                            "commits/s by %d writers: %.0f silent, %.0f with signals, %.0f with NOTIFY, %.0f silent%n",
                            WRITERS,
                            commits(database, false, () -> {}),
                            commits(database, false, () -> speaker.send(NodeSignal.RUNS)),
                            commits(database, true, () -> {}),
                            commits(database, false, () -> {}));
                }
            }
        }
    }

    /** What is made for tests does not survive a power failure unless it is told to. */
    private static EmbeddedPostgres durable() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    private static double commits(DataSource database, boolean inside, Runnable afterCommit) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Long>> writers = new ArrayList<>();
            for (int id = 1; id <= WRITERS; id++) {
                int row = id;
                writers.add(() -> write(database, row, inside, afterCommit));
            }
            long commits = 0;
            for (Future<Long> writer : threads.invokeAll(writers)) {
                commits += writer.get();
            }
            return commits / (double) LENGTH.toSeconds();
        } finally {
            threads.shutdownNow();
        }
    }

    private static long write(DataSource database, int row, boolean inside, Runnable afterCommit) throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update =
                            connection.prepareStatement("UPDATE hop SET state = state + 1 WHERE id = " + row);
                    PreparedStatement notify = connection.prepareStatement("SELECT pg_notify('tidegate', 'x')")) {
                long end = System.nanoTime() + LENGTH.toNanos();
                long commits = 0;
                while (System.nanoTime() < end) {
                    update.executeUpdate();
                    if (inside) {
                        notify.execute();
                    }
                    connection.commit();
                    afterCommit.run();
                    commits++;
                }
                return commits;
            }
        }
    }
}
