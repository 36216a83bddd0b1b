-- DAGs whose oldest waiting run may start. The recursion hops from DAG to DAG over the index of waiting runs, so its cost grows with
-- the number of DAGs that wait, not with the number of runs; and it stops when there are enough, also for servers that find the first ones locked.
WITH RECURSIVE waiting (dag) AS (
    (SELECT r.dag FROM run r WHERE r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NULL ORDER BY r.dag LIMIT 1)
    UNION ALL
    SELECT (SELECT r.dag
            FROM run r
            WHERE r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NULL AND r.dag > waiting.dag
            ORDER BY r.dag
            LIMIT 1)
    FROM waiting
    WHERE waiting.dag IS NOT NULL
)
SELECT dag.name
FROM dag
WHERE dag.name = ANY (ARRAY(
    SELECT waiting.dag
    FROM waiting
    CROSS JOIN LATERAL (
        SELECT r.overlap_limit, r.interval_start
        FROM run r
        WHERE r.dag = waiting.dag AND r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NULL
        ORDER BY r.interval_start NULLS FIRST, r.id
        LIMIT 1
    ) oldest
    WHERE (
        SELECT count(*)
        FROM run going
        WHERE going.dag = waiting.dag AND going.admitted AND going.backfill IS NULL
          AND NOT (going.interval_start > oldest.interval_start
                   AND EXISTS (SELECT FROM step_run held WHERE held.run = going.id AND held.held AND held.state = 'RESOLVING'))
    ) < oldest.overlap_limit
    LIMIT 10 * :limit
))
ORDER BY dag.name
LIMIT :limit
FOR NO KEY UPDATE OF dag SKIP LOCKED
