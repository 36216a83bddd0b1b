package io.tidegate.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Many runs of ten steps that are there all at once.
 *
 * @param dag its name
 * @param runs how many
 */
record ManyRuns(BenchPlace place, String dag, int runs) {
    static final int STEPS = 10;

    private static final int ATTEMPTS = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Gives the folder of the DAG file. */
    Path declare() throws IOException {
        return place.dag(dag, BenchDags.parallelChain(dag, STEPS, runs));
    }

    /**
     * A server that ends each step as soon as it has begun, with room for all that can be at work; it answers when this returns.
     *
     * @param home name of its home folder
     */
    BenchServer server(String home, List<Path> dags) throws Exception {
        BenchServer server = place.server(home, dags, ATTEMPTS, Optional.of(InstantExecutor.ending()));
        server.api().get("/server");
        return server;
    }

    /** How fast they end: from the start of the first to the end of the last, as the servers have written them down. */
    double stepsPerSecond() throws SQLException {
        queue();
        awaitEnd();
        double seconds =
                place.number("SELECT extract(epoch FROM max(finished_at) - min(started_at)) FROM run WHERE dag = '"
                        + dag + "' AND actor = 'bench'");
        place.execute("UPDATE run SET actor = 'bench-done' WHERE dag = '" + dag + "' AND actor = 'bench'");
        return runs * STEPS / seconds;
    }

    /** Makes them in one transaction, as nobody could over HTTP. */
    void queue() throws SQLException {
        place.execute("""
                WITH made AS (
                    INSERT INTO run (id, dag, version, trigger_kind, trigger_key, actor, parameters, state, created_at, overlap_policy,
                                     overlap_limit)
                    SELECT gen_random_uuid(), d.name, d.current_version, 'MANUAL', 'bench:' || gen_random_uuid(), 'bench', '{}', 'QUEUED',
                           now(), 'PARALLEL', %d
                    FROM dag d, generate_series(1, %d) WHERE d.name = '%s'
                    RETURNING id
                )
                INSERT INTO step_run (run, step) SELECT made.id, 's' || n FROM made, generate_series(0, %d) n
                """.formatted(runs, runs, dag, STEPS - 1));
    }

    void awaitEnd() throws SQLException {
        String all = "SELECT count(*) FROM run WHERE dag = '" + dag + "'";
        long until = System.nanoTime() + PATIENCE.toNanos();
        String goesOn = "SELECT CAST(EXISTS (SELECT FROM run WHERE dag = '" + dag
                + "' AND state IN ('QUEUED', 'RUNNING')) AS integer)";
        while (place.number(goesOn) > 0) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("runs of " + dag + " have not ended in " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        double failed = place.number(all + " AND state <> 'SUCCEEDED'");
        if (failed > 0) {
            throw new IllegalStateException(failed + " runs of " + dag + " have not succeeded");
        }
    }
}
