-- Goes through the oldest messages in the order of the key, a stretch at a time, up to those that are too young to have been delivered so long ago.
WITH stretch AS MATERIALIZED (
    SELECT o.id, o.created_at, o.delivered_at FROM outbox o WHERE o.id > :after ORDER BY o.id LIMIT :most
), pruned AS (
    DELETE FROM outbox
    WHERE id = ANY (ARRAY(
        SELECT o.id FROM outbox o
        WHERE o.id = ANY (ARRAY(SELECT stretch.id FROM stretch WHERE stretch.delivered_at < :before))
        FOR UPDATE SKIP LOCKED
    ))
)
SELECT max(id) FROM stretch HAVING bool_and(created_at < :before)
