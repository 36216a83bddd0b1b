-- The newest run of each interval that starts in a stretch, oldest interval first.
SELECT page.*, coalesce(page.step_counts, (
           SELECT jsonb_object_agg(counted.state, counted.number)
           FROM (SELECT s.state, count(*) AS number FROM step_run s WHERE s.run = page.id AND NOT s.former GROUP BY s.state) counted
       )) AS steps
FROM (
    SELECT DISTINCT ON (interval_start)
           id, dag, version, state, trigger_kind, actor, interval_start, interval_end, partition, parameters, created_at, started_at,
           finished_at, reason, CASE WHEN counted_at_fence = fence THEN step_counts END AS step_counts
    FROM run
    WHERE dag = :dag AND interval_start >= :from AND interval_start < :until
    ORDER BY interval_start, id DESC
    LIMIT :limit
) page
ORDER BY page.interval_start
