-- The caller has locked the rows of these DAGs: nobody else admits runs of theirs now. A run with a step that waits for the interval before
-- does not count against runs of earlier intervals.
WITH admissible AS (
    SELECT candidate.id
    FROM json_array_elements_text(CAST(:dags AS json)) AS locked (dag)
    CROSS JOIN LATERAL (
        SELECT oldest.id, oldest.overlap_limit, oldest.interval_start,
               row_number() OVER (ORDER BY oldest.interval_start NULLS FIRST, oldest.id) AS place
        FROM (
            SELECT r.id, r.overlap_limit, r.interval_start
            FROM run r
            WHERE r.dag = locked.dag AND r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NULL
            ORDER BY r.interval_start NULLS FIRST, r.id
            LIMIT :limit
        ) oldest
    ) candidate
    CROSS JOIN LATERAL (
        SELECT count(*) AS going
        FROM run r
        WHERE r.dag = locked.dag AND r.admitted AND r.backfill IS NULL
              AND NOT (r.interval_start > candidate.interval_start
                       AND EXISTS (SELECT FROM step_run held WHERE held.run = r.id AND held.held AND held.state = 'RESOLVING'))
    ) load
    WHERE load.going + candidate.place <= candidate.overlap_limit
    ORDER BY candidate.place, locked.dag
    LIMIT :limit
)
UPDATE run
SET owner = :node, fence = fence + 1
WHERE id = ANY (ARRAY(
    SELECT r.id
    FROM run r
    WHERE r.id = ANY (ARRAY(SELECT admissible.id FROM admissible)) AND r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NULL
          AND r.id <> ALL (:except)
    FOR NO KEY UPDATE SKIP LOCKED
))
RETURNING id, fence
