package io.tidegate.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** What people ask of a database with years in it, eight at a time. */
record HistoryWorkload(String name) implements Workload {
    private static final int DAGS = 50;
    private static final int STEPS = 40;
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 40;
    private static final double QUANTILE = 0.95;
    private static final double MOST_MILLISECONDS = 20;

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        List<Path> dags = new ArrayList<>();
        for (int dag = 0; dag < DAGS; dag++) {
            String named = dag(dag);
            dags.add(place.dag(named, BenchDags.chain(named, STEPS, List.of("true"))));
        }
        try (BenchServer server = place.server(name, dags, 1, Optional.of(new InstantExecutor()))) {
            int runs = Math.max(DAGS, sizes.historySteps() / STEPS);
            place.say("writing " + (long) runs * STEPS + " step runs…");
            fill(place, runs);
            List<String> known = new ArrayList<>();
            server.api().get("/runs?limit=100").path("items").forEach(run -> known.add(text(run, "run")));
            List<BenchRow> rows = new ArrayList<>();
            for (Map.Entry<String, Function<Random, String>> question :
                    questions(known).entrySet()) {
                double slowest = quantile(server, question.getValue());
                rows.add(BenchRow.alone(
                        name + " " + question.getKey(), slowest, "ms p95", BenchRow.Goal.atMost(MOST_MILLISECONDS)));
            }
            return rows;
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static String dag(int number) {
        return "bench-w6-" + number;
    }

    private static Map<String, Function<Random, String>> questions(List<String> runs) {
        Map<String, Function<Random, String>> questions = new LinkedHashMap<>();
        questions.put("run list", random -> "/runs?limit=25");
        questions.put("failed runs", random -> "/runs?state=failed&limit=25");
        questions.put("runs of a DAG", random -> "/runs?dag=" + dag(random.nextInt(DAGS)) + "&limit=25");
        questions.put("grid", random -> "/dags/" + dag(random.nextInt(DAGS)));
        questions.put("run", random -> "/runs/" + one(runs, random));
        questions.put("step", random -> "/runs/" + one(runs, random) + "/steps/s" + random.nextInt(STEPS));
        questions.put("history", random -> "/runs/" + one(runs, random) + "/events?limit=100");
        questions.put("overview", random -> "/dags");
        return questions;
    }

    private static String one(List<String> runs, Random random) {
        return runs.get(random.nextInt(runs.size()));
    }

    private static double quantile(BenchServer server, Function<Random, String> question) throws Exception {
        double[] all = new double[CLIENTS * REQUESTS];
        // The first round is for the compiler.
        for (int round = 0; round < 2; round++) {
            ask(server, question, all);
        }
        Arrays.sort(all);
        return all[(int) (QUANTILE * (all.length - 1))];
    }

    private static void ask(BenchServer server, Function<Random, String> question, double[] all) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> going = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client * REQUESTS;
                going.add(clients.submit(() -> {
                    Random random = new Random(first);
                    for (int request = first; request < first + REQUESTS; request++) {
                        long from = System.nanoTime();
                        server.api().get(question.apply(random));
                        all[request] = (System.nanoTime() - from) / 1e6;
                    }
                }));
            }
            for (Future<?> client : going) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Runs of years, one a minute, two in a hundred of which failed, with attempts and history. */
    private static void fill(BenchPlace place, int runs) throws SQLException {
        place.execute("""
                INSERT INTO run (id, dag, version, trigger_kind, trigger_key, actor, parameters, state, created_at, started_at, finished_at,
                                 overlap_policy, overlap_limit)
                SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM at) * 1000 AS bigint)), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0')
                            AS uuid),
                       d.name, d.current_version, 'MANUAL', 'past:' || n, 'bench', '{}',
                       CASE WHEN n %% 50 = 7 THEN 'FAILED' ELSE 'SUCCEEDED' END, at, at, at + interval '1 minute', 'QUEUE', 1
                FROM (SELECT n, now() - n * interval '1 minute' AS at FROM generate_series(1, %d) n) past
                JOIN dag d ON d.name = 'bench-w6-' || n %% %d
                """.formatted(runs, DAGS));
        place.execute("""
                INSERT INTO step_run (run, step, state, attempts, started_at, finished_at)
                SELECT r.id, 's' || n, 'SUCCEEDED', 1, r.started_at, r.finished_at
                FROM run r, generate_series(0, %d) n WHERE r.dag LIKE 'bench-w6-%%' ORDER BY r.id
                """.formatted(STEPS - 1));
        place.execute("""
                INSERT INTO attempt (run, step, number, launch_key, executor, external_id, job_details, state, created_at, started_at,
                                     finished_at, exit_code)
                SELECT s.run, s.step, 1, s.step || '-' || s.run, 'process', '4711', '{}', 'SUCCEEDED', s.started_at, s.started_at,
                       s.finished_at, 0
                FROM step_run s JOIN run r ON r.id = s.run WHERE r.dag LIKE 'bench-w6-%'
                """);
        place.execute("""
                INSERT INTO run_event (run, at, step, attempt, type, detail)
                SELECT s.run, s.started_at, s.step, 1, t, '{"executor": "process"}'
                FROM step_run s JOIN run r ON r.id = s.run, unnest(ARRAY['attempt_launching', 'attempt_succeeded', 'step_succeeded']) t
                WHERE r.dag LIKE 'bench-w6-%'
                """);
        place.execute("VACUUM ANALYZE");
    }
}
