package io.tidegate.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A thousand runs of ten steps at once, and small runs that are submitted after them. */
record ManyRunsWorkload(String name) implements Workload {
    private static final String DAG = "bench-w4";
    private static final String LATE = "bench-late";
    private static final int STEPS = 10;
    private static final int ATTEMPTS = 1_000;
    private static final int BATCH = 500;
    private static final int LATECOMERS = 20;
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final double BILLION = 1e9;

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        List<Path> dags = List.of(
                place.dag(DAG, BenchDags.parallelChain(DAG, STEPS, sizes.runs())),
                place.dag(LATE, BenchDags.parallelChain(LATE, 1, LATECOMERS)));
        try (BenchServer server = place.server(name, dags, ATTEMPTS, Optional.of(new InstantExecutor()));
                BareRows rows = BareRows.batched(place.connection("reWriteBatchedInserts=true"))) {
            Pair.Measurement limit = () -> rows.batches(sizes.runs(), STEPS, BATCH);
            if (sizes.warmUps() > 0) {
                limit.take();
                stepsPerSecond(place, sizes.runs());
            }
            Pair pair = Pair.middle(sizes.repeats(), limit, () -> stepsPerSecond(place, sizes.runs()));
            double late = latecomers(place, server, sizes.runs());
            return List.of(
                    BenchRow.alone(name, pair.value(), "steps/s", BenchRow.Goal.atLeast(5_000)),
                    BenchRow.beside(name + " rows", pair.value(), "steps/s", pair.limit(), BenchRow.Goal.atLeast(0.3)),
                    BenchRow.alone(name + " latecomer", late, "ms p99", BenchRow.Goal.atMost(500)));
        }
    }

    /** How fast runs end that were all there at once. */
    private static double stepsPerSecond(BenchPlace place, int runs) throws SQLException {
        queue(place, runs);
        awaitEnd(place);
        double seconds = place.number("SELECT extract(epoch FROM max(finished_at) - min(started_at)) FROM run WHERE dag = '"
                + DAG + "' AND actor = 'bench'");
        place.execute("UPDATE run SET actor = 'bench-done' WHERE dag = '" + DAG + "' AND actor = 'bench'");
        return runs * STEPS / seconds;
    }

    /** In one transaction, as nobody could over HTTP. */
    private static void queue(BenchPlace place, int runs) throws SQLException {
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
                """.formatted(runs, runs, DAG, STEPS - 1));
    }

    private static void awaitEnd(BenchPlace place) throws SQLException {
        String going = "SELECT count(*) FROM run WHERE dag = '" + DAG + "' AND state IN ('QUEUED', 'RUNNING')";
        while (place.number(going) > 0) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        double failed = place.number("SELECT count(*) FROM run WHERE dag = '" + DAG + "' AND state <> 'SUCCEEDED'");
        if (failed > 0) {
            throw new IllegalStateException(failed + " runs have not succeeded");
        }
    }

    /** How long small runs wait that come while the many are worked on: the slowest of them, in milliseconds. */
    private static double latecomers(BenchPlace place, BenchServer server, int runs) throws SQLException {
        queue(place, runs);
        List<String> late = new ArrayList<>();
        for (int each = 0; each < LATECOMERS; each++) {
            late.add(server.run(LATE));
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        double slowest = 0;
        for (String run : late) {
            JsonNode summary = server.ended(run);
            Instant from = Instant.parse(summary.path("created_at").asText());
            Instant started = Instant.parse(summary.path("started_at").asText());
            slowest = Math.max(slowest, Duration.between(from, started).toNanos() / (BILLION / 1_000));
        }
        awaitEnd(place);
        return slowest;
    }
}
