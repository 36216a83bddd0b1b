-- The run, then the run whose step started it, and so on. What can never happen, a circle, ends after a hundred.
WITH RECURSIVE outwards (run, depth) AS (
    SELECT CAST(:run AS uuid), 0
    UNION ALL
    SELECT tied.parent, outwards.depth + 1
    FROM outwards
    CROSS JOIN LATERAL (SELECT s.parent FROM sub_run s WHERE s.run = outwards.run ORDER BY s.attempt LIMIT 1) tied
    WHERE outwards.depth < 100
)
SELECT run.dag, run.interval_start, run.interval_end, run.interval_zone
FROM outwards
JOIN run ON run.id = outwards.run
ORDER BY outwards.depth
