-- A node whose lease has run out loses its runs, and its writes from then on are refused: the fence has moved.
UPDATE run
SET owner = NULL, fence = fence + 1
WHERE id IN (
    SELECT r.id
    FROM node n
    JOIN run r ON r.owner = n.id
    WHERE n.lease_until <= now()
    ORDER BY r.id
    FOR NO KEY UPDATE OF r SKIP LOCKED
)
