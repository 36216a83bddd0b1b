WITH blocked AS (
    SELECT destination, min(id) AS id
    FROM outbox
    WHERE topic = :topic AND delivered_at IS NULL AND NOT abandoned AND next_at > :now
    GROUP BY destination
)
SELECT o.id, o.topic, o.destination, o.reference, o.action, o.created_at, o.tries
FROM outbox o
LEFT JOIN blocked ON blocked.destination = o.destination
WHERE o.topic = :topic AND o.delivered_at IS NULL AND NOT o.abandoned AND o.next_at <= :now
  AND (blocked.id IS NULL OR o.id < blocked.id)
ORDER BY o.id
LIMIT :limit
