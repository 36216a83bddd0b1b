-- The caller has locked the rows of these backfills: nobody else admits runs of theirs now. A run with a step that waits for the interval
-- before does not count against runs of earlier intervals.
WITH admissible AS (
    SELECT candidate.id
    FROM json_array_elements_text(CAST(:backfills AS json)) AS listed (id)
    JOIN backfill ON backfill.id = CAST(listed.id AS bigint)
    CROSS JOIN LATERAL (
        SELECT oldest.id, oldest.interval_start, row_number() OVER (ORDER BY oldest.id) AS place
        FROM (
            SELECT r.id, r.interval_start
            FROM run r
            WHERE r.backfill = backfill.id AND r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NOT NULL
            ORDER BY r.id
            LIMIT :limit
        ) oldest
    ) candidate
    CROSS JOIN LATERAL (
        SELECT count(*) AS going
        FROM run r
        WHERE r.backfill = backfill.id AND r.admitted AND r.backfill IS NOT NULL
              AND NOT (r.interval_start > candidate.interval_start
                       AND EXISTS (SELECT FROM step_run held WHERE held.run = r.id AND held.held AND held.state = 'RESOLVING'))
    ) load
    WHERE load.going + candidate.place <= backfill.parallel
    ORDER BY candidate.place, backfill.id
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
