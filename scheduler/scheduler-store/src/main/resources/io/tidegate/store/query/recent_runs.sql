-- The newest runs of each DAG of a list. Steps of a run that somebody may be working on are counted now.
SELECT page.*, coalesce(page.step_counts, (
           SELECT jsonb_object_agg(counted.state, counted.number)
           FROM (SELECT s.state, count(*) AS number FROM step_run s WHERE s.run = page.id AND NOT s.former GROUP BY s.state) counted
       )) AS steps
FROM json_array_elements_text(CAST(:dags AS json)) AS listed (dag)
CROSS JOIN LATERAL (
    SELECT id, dag, version, state, trigger_kind, actor, interval_start, interval_end, partition, parameters, created_at, started_at,
           finished_at, reason, CASE WHEN counted_at_fence = fence THEN step_counts END AS step_counts
    FROM run
    WHERE run.dag = listed.dag
    ORDER BY id DESC
    LIMIT :limit
) page
ORDER BY page.id DESC
