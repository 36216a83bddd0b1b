-- A run that is over is given back with its steps counted, for the lists that people look at.
UPDATE run
SET owner = NULL, fence = fence + 1,
    counted_at_fence = CASE WHEN state IN ('SUCCEEDED', 'FAILED', 'CANCELLED') THEN fence + 1 END,
    step_counts = CASE
        WHEN state IN ('SUCCEEDED', 'FAILED', 'CANCELLED') THEN (
            SELECT coalesce(jsonb_object_agg(counted.state, counted.number), '{}')
            FROM (SELECT s.state, count(*) AS number FROM step_run s WHERE s.run = run.id AND NOT s.former GROUP BY s.state) counted
        )
    END
WHERE id = :run AND fence = :fence AND owner IS NOT NULL
