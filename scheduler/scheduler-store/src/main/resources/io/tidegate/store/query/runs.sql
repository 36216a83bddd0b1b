SELECT page.*, steps.steps
FROM (
    SELECT id, dag, version, state, trigger_kind, actor, interval_start, interval_end, partition, parameters, created_at, started_at,
           finished_at, reason
    FROM run
    /* conditions */
    ORDER BY id DESC
    LIMIT :limit
) page
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(counted.state, counted.number) AS steps
    FROM (SELECT s.state, count(*) AS number FROM step_run s WHERE s.run = page.id AND NOT s.former GROUP BY s.state) counted
) steps ON true
ORDER BY page.id DESC
