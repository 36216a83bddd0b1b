-- The caller has locked the rows of these backfills: nobody else admits runs of theirs now.
WITH admissible AS (
    SELECT candidate.id
    FROM json_array_elements_text(CAST(:backfills AS json)) AS listed (id)
    JOIN backfill ON backfill.id = CAST(listed.id AS bigint)
    CROSS JOIN LATERAL (
        SELECT count(*) AS going FROM run r WHERE r.backfill = backfill.id AND r.admitted AND r.backfill IS NOT NULL
    ) load
    CROSS JOIN LATERAL (
        SELECT oldest.id, row_number() OVER (ORDER BY oldest.id) AS place
        FROM (
            SELECT r.id
            FROM run r
            WHERE r.backfill = backfill.id AND r.state = 'QUEUED' AND r.owner IS NULL AND r.backfill IS NOT NULL
            ORDER BY r.id
            LIMIT :limit
        ) oldest
    ) candidate
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
    FOR NO KEY UPDATE SKIP LOCKED
))
RETURNING id, fence
