-- The caller has locked the rows of these backfills: nobody else admits runs of theirs now. A run with a step that waits for the interval
-- before does not count against runs of earlier intervals. What is going is read once, and not once for each run that waits.
WITH locked AS MATERIALIZED (
    SELECT CAST(listed.id AS bigint) AS id FROM json_array_elements_text(CAST(:backfills AS json)) AS listed (id)
), going AS MATERIALIZED (
    SELECT locked.id AS backfill, r.interval_start,
           EXISTS (SELECT FROM step_run held WHERE held.run = r.id AND held.held AND held.state = 'RESOLVING') AS held
    FROM locked
    JOIN run r ON r.backfill = locked.id AND r.admitted AND r.backfill IS NOT NULL
), loads AS MATERIALIZED (
    SELECT locked.id, count(going.backfill) AS going, coalesce(bool_or(going.held), false) AS any_held
    FROM locked
    LEFT JOIN going ON going.backfill = locked.id
    GROUP BY locked.id
), admissible AS (
    SELECT candidate.id
    FROM loads
    JOIN backfill ON backfill.id = loads.id
    CROSS JOIN LATERAL (
        SELECT oldest.id, oldest.interval_start, row_number() OVER (ORDER BY oldest.id) AS place
        FROM (
            SELECT r.id, r.interval_start
            FROM run r
            WHERE r.backfill = loads.id AND r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NOT NULL
            ORDER BY r.id
            LIMIT :limit
        ) oldest
    ) candidate
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN loads.any_held THEN (
                SELECT count(*) FROM going
                WHERE going.backfill = loads.id AND NOT (going.interval_start > candidate.interval_start AND going.held)
            )
            ELSE loads.going
        END AS going
    ) load
    WHERE load.going + candidate.place <= backfill.parallel
    ORDER BY candidate.place, loads.id
    LIMIT :limit
)
UPDATE run
SET owner = :node, fence = fence + 1
WHERE id = ANY (ARRAY(
    SELECT r.id
    FROM run r
    WHERE r.id = ANY (ARRAY(SELECT admissible.id FROM admissible)) AND r.state = 'QUEUED' AND r.owner IS NULL
          AND r.id <> ALL (:except)
    FOR NO KEY UPDATE SKIP LOCKED
))
RETURNING id, fence
