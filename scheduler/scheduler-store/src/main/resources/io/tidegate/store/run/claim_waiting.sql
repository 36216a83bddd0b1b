-- The caller has locked the rows of these DAGs: nobody else admits runs of theirs now. A run with a step that waits for the interval before
-- does not count against runs of earlier intervals. What is going is read once, and not once for each run that waits.
WITH locked AS MATERIALIZED (
    SELECT listed.dag FROM json_array_elements_text(CAST(:dags AS json)) AS listed (dag)
), going AS MATERIALIZED (
    SELECT locked.dag, r.interval_start,
           r.interval_start IS NOT NULL
               AND EXISTS (SELECT FROM step_run held WHERE held.run = r.id AND held.held AND held.state = 'RESOLVING') AS held
    FROM locked
    JOIN run r ON r.dag = locked.dag AND r.admitted AND r.backfill IS NULL
), loads AS MATERIALIZED (
    SELECT locked.dag, count(going.dag) AS going, coalesce(bool_or(going.held), false) AS any_held
    FROM locked
    LEFT JOIN going ON going.dag = locked.dag
    GROUP BY locked.dag
), admissible AS (
    SELECT candidate.id
    FROM loads
    CROSS JOIN LATERAL (
        SELECT oldest.id, oldest.overlap_limit, oldest.interval_start,
               row_number() OVER (ORDER BY oldest.interval_start NULLS FIRST, oldest.id) AS place
        FROM (
            SELECT r.id, r.overlap_limit, r.interval_start
            FROM run r
            WHERE r.dag = loads.dag AND r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NULL
            ORDER BY r.interval_start NULLS FIRST, r.id
            LIMIT :limit
        ) oldest
    ) candidate
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN loads.any_held THEN (
                SELECT count(*) FROM going
                WHERE going.dag = loads.dag AND NOT (going.interval_start > candidate.interval_start AND going.held)
            )
            ELSE loads.going
        END AS going
    ) load
    WHERE load.going + candidate.place <= candidate.overlap_limit
    ORDER BY candidate.place, loads.dag
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
