-- The oldest come first in the order of the key.
DELETE FROM outbox
WHERE id = ANY (ARRAY(
    SELECT o.id FROM outbox o WHERE o.delivered_at < :before ORDER BY o.id LIMIT :most FOR UPDATE SKIP LOCKED
))
