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
    private static final String LATE = "bench-late";
    private static final int BATCH = 500;
    private static final int LATECOMERS = 20;
    private static final Duration BETWEEN = Duration.ofMillis(20);

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        ManyRuns many = new ManyRuns(place, "bench-w4", sizes.runs());
        List<Path> dags = List.of(many.declare(), place.dag(LATE, BenchDags.parallelChain(LATE, 1, LATECOMERS)));
        try (BenchServer server = many.server(name, dags);
                BareRows rows = BareRows.batched(place.connection("reWriteBatchedInserts=true"))) {
            Pair.Measurement limit = () -> rows.batches(sizes.runs(), ManyRuns.STEPS, BATCH);
            for (int round = 0; round < sizes.warmUpRounds(); round++) {
                limit.take();
                many.stepsPerSecond();
            }
            double before = place.number(GROWTH);
            many.stepsPerSecond();
            double grown = (place.number(GROWTH) - before) / (sizes.runs() * ManyRuns.STEPS);
            Pair pair = Pair.middle(sizes.repeats(), limit, many::stepsPerSecond);
            double late = latecomers(many, server);
            return List.of(
                    BenchRow.alone(name, pair.value(), "steps/s", BenchRow.Goal.atLeast(5_000)),
                    BenchRow.beside(name + " rows", pair.value(), "steps/s", pair.limit(), BenchRow.Goal.atLeast(0.3)),
                    BenchRow.alone(name + " latecomer", late, "ms p99", BenchRow.Goal.atMost(500)),
                    BenchRow.alone(name + " tables", grown, "MB per million steps", Optional.empty()));
        }
    }

    /** Bytes in tables and indexes that grow with every step; by a million steps, in megabytes, it is the same number. */
    private static final String GROWTH =
            "SELECT sum(pg_total_relation_size(CAST(t AS regclass))) FROM unnest(ARRAY['run', 'step_run',"
                    + " 'attempt', 'attempt_report', 'run_event', 'outbox']) t";

    /** How long small runs wait that come while the many are worked on: the slowest of them, in milliseconds. */
    private static double latecomers(ManyRuns many, BenchServer server) throws SQLException {
        many.queue();
        List<String> late = new ArrayList<>();
        for (int each = 0; each < LATECOMERS; each++) {
            late.add(server.run(LATE));
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        double slowest = 0;
        for (String run : late) {
            JsonNode summary = server.ended(LATE, run);
            Instant from = Instant.parse(summary.path("created_at").asText());
            Instant started = Instant.parse(summary.path("started_at").asText());
            slowest = Math.max(slowest, Duration.between(from, started).toNanos() / 1e6);
        }
        many.awaitEnd();
        return slowest;
    }
}
