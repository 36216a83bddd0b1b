package io.tidegate.server.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Years of runs, written as the engine would have left them: runs of chains of forty steps, with an attempt and five lines of history for each
 * step, one run a minute, two in a hundred of which failed.
 */
final class HistoryRows {
    /** Over which the runs are spread. */
    static final int DAGS = 50;

    static final int STEPS = 40;

    /** Step runs that are written in one transaction. */
    private static final int AT_ONCE = 1_000_000;

    private HistoryRows() {}

    static String dag(int number) {
        return "bench-w6-" + number;
    }

    /** The DAG files. */
    static List<String> files() {
        List<String> files = new ArrayList<>();
        for (int dag = 0; dag < DAGS; dag++) {
            files.add(BenchDags.chain(dag(dag), STEPS, List.of("true")));
        }
        return files;
    }

    /**
     * Writes runs of DAGs that the database knows, the newest last.
     *
     * @param stepRuns how many step runs they have together, at least those of one run of each DAG
     */
    static void write(BenchPlace place, int stepRuns) throws SQLException {
        int runs = Math.max(DAGS, stepRuns / STEPS);
        int slice = AT_ONCE / STEPS;
        for (int oldest = runs; oldest > 0; oldest -= slice) {
            int newest = Math.max(1, oldest - slice + 1);
            place.say("writing step runs, " + (long) oldest * STEPS + " to go…");
            runs(place, newest, oldest);
        }
        place.execute("VACUUM ANALYZE");
    }

    /** In the order in which a server writes them: rows of one run lie together. */
    private static void runs(BenchPlace place, int newest, int oldest) throws SQLException {
        place.execute("""
                SET LOCAL work_mem = '256MB';
                CREATE TEMPORARY TABLE past ON COMMIT DROP AS
                SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM at) * 1000 AS bigint)), 12, '0') || '70008000' || lpad(to_hex(past), 12, '0')
                            AS uuid) AS id,
                       past, at
                FROM (SELECT past, now() - past * interval '1 minute' AS at FROM generate_series(%d, %d) past) minutes;
                """.formatted(newest, oldest) + """
                INSERT INTO run (id, dag, version, trigger_kind, trigger_key, actor, parameters, state, created_at, started_at, finished_at,
                                 overlap_policy, overlap_limit, fence, counted_at_fence, step_counts)
                SELECT past.id, d.name, d.current_version, 'MANUAL', 'past:' || past, 'bench', '{}',
                       CASE WHEN past %% 50 = 7 THEN 'FAILED' ELSE 'SUCCEEDED' END, at, at, at + interval '1 minute', 'QUEUE', 1, 2, 2,
                       '{"SUCCEEDED": %d}'
                FROM past JOIN dag d ON d.name = 'bench-w6-' || past %% %d
                ORDER BY past.id;
                """.formatted(STEPS, DAGS) + """
                INSERT INTO step_run (run, step, state, attempts, started_at, finished_at)
                SELECT id, 's' || n, 'SUCCEEDED', 1, at, at + interval '1 minute'
                FROM past, generate_series(0, %1$d) n ORDER BY id, n;
                INSERT INTO attempt (run, step, number, launch_key, executor, external_id, job_details, state, created_at, started_at,
                                     finished_at, exit_code)
                SELECT id, 's' || n, 1, 's' || n || '-' || id, 'process', '4711', '{}', 'SUCCEEDED', at, at, at + interval '1 minute', 0
                FROM past, generate_series(0, %1$d) n ORDER BY id, n;
                INSERT INTO run_event (run, at, step, attempt, type, detail)
                SELECT id, at, 's' || n, 1, type, '{"executor": "process"}'
                FROM (SELECT * FROM past, generate_series(0, %1$d) n ORDER BY id, n) steps,
                     unnest(ARRAY['step_running', 'attempt_launching', 'attempt_running', 'attempt_succeeded', 'step_succeeded']) type;
                """.formatted(STEPS - 1));
    }
}
